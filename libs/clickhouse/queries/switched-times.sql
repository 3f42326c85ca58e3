-- Until which day accounts were followed, and from which on with the milestone (0: from the start; the last day: never).
-- What is reached on the very day of the outcome counts as reached after it: it cannot have caused it.
SELECT segment, last, event, least(reached, last) AS switched, count() AS accounts
FROM
(
    SELECT
        segment,
        toUInt32(if(cause > 0, ceil(until), floor(until))) AS last,
        toUInt8(cause = 1) AS event,
        -- Infinity is no number of days.
        toUInt32(least(1e6, ceil(reached_at[{milestone:UInt16}]))) AS reached
    FROM {{outcomes-in-scope}}
)
WHERE last > 0
GROUP BY segment, last, event, switched
ORDER BY segment, last, event, switched
