-- How many of the mature accounts came how far. `places`: milestones by their place in the plan, then subscribed, renewed
-- and expanded for the first time. `depth`: how many steps were done within the time, each at or after the one before if
-- `strict`.
SELECT label, mature, depth, count() AS accounts
FROM
(
    SELECT
        label,
        observed >= {within:Float64} AS mature,
        arrayConcat(reached_at, [started, renewed, expanded]) AS done,
        arrayMap(place -> done[place], {places:Array(UInt16)}) AS times,
        arrayMap((at, before) -> toUInt8(at <= {within:Float64} AND ({strict:UInt8} = 0 OR at >= before)), times, arrayPushFront(arrayPopBack(times), toFloat64(-1))) AS passed,
        toUInt16(if(has(passed, 0), indexOf(passed, 0) - 1, length(passed))) AS depth
    FROM {{accounts-in-scope}}
)
GROUP BY label, mature, depth
ORDER BY label, mature, depth
