-- (start, day] rows in which the milestone is off before it is reached and on after. What is reached on the very day
-- of the outcome counts as reached after it: it cannot have caused it.
SELECT segment, row.1 AS start, row.2 AS day, row.3 AS event, row.4 AS has, count() AS accounts
FROM
(
    SELECT
        segment,
        toFloat64(if(cause > 0, ceil(until), floor(until))) AS last,
        toUInt8(cause = 1) AS event,
        ceil(reached_at[{milestone:UInt16}]) AS switched,
        if(switched > 0 AND switched < last,
            [(toFloat64(0), switched, toUInt8(0), toUInt8(0)), (switched, last, event, toUInt8(1))],
            [(toFloat64(0), last, event, toUInt8(switched < last))]) AS rows
    FROM {{outcomes-in-scope}}
    WHERE last > 0
)
ARRAY JOIN rows AS row
GROUP BY segment, start, day, event, has
ORDER BY segment, start, day, event, has
