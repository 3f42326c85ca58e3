-- The design that is wrong: whoever ever reached it counts as having had it from signup on. For the lesson alone.
SELECT
    segment,
    if(cause > 0, ceil(until), floor(until)) AS day,
    toUInt8(cause = 1) AS event,
    toUInt8(reached_at[{milestone:UInt16}] <= until) AS has,
    count() AS accounts
FROM {{outcomes-in-scope}}
GROUP BY segment, day, event, has
HAVING day > 0
ORDER BY segment, day, event, has
