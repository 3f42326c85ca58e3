-- How many of the mature accounts came how far. `steps`: milestones by their place in the plan, then subscribed, renewed
-- and expanded for the first time. `depth`: how many steps were done within the time, each at or after the one before if
-- `strict`.
SELECT label, mature, depth, sum(alike) AS accounts
FROM
(
    SELECT
        label, mature, alike,
        {{places-of-way}} AS places,
        -- By place in the way: which instant it was, the first being 1.
        arrayCumSum(arrayMap(k -> toUInt16(reinterpretAsUInt16(substring(way, 2 * k - 1, 2)) < 32768), arrayEnumerate(places))) AS instants,
        arrayMap(step -> if(has(places, step), instants[indexOf(places, step)], 0), {steps:Array(UInt16)}) AS came,
        arrayMap((at, before) -> toUInt8(at > 0 AND ({strict:UInt8} = 0 OR at >= before)), came, arrayPushFront(arrayPopBack(came), 0)) AS passed,
        toUInt16(if(has(passed, 0), indexOf(passed, 0) - 1, length(passed))) AS depth
    FROM
    (
        SELECT
            label,
            observed >= {within:Float64} AS mature,
            substring(route, 1, 2 * arrayCount(at -> at <= {within:Float64}, came_at)) AS way,
            count() AS alike
        FROM {{accounts-in-scope}}
        GROUP BY label, mature, way
    )
)
GROUP BY label, mature, depth
ORDER BY label, mature, depth
