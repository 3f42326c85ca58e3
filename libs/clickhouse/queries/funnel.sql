-- How many accounts, mature and not, came how far. `steps`: milestones by their place in the plan, then subscribed, renewed
-- and expanded for the first time. `depth`: how many steps were done within the time, each at or after the one before if
-- `strict`.
SELECT
    label,
    toUInt16(arrayFirstIndex((at, before) -> at = 0 OR ({strict:UInt8} = 1 AND at < before), arrayPushBack(came, 0), arrayPushFront(came, 0)) - 1) AS depth,
    sum(mature) AS mature,
    sum(immature) AS immature
FROM
(
    -- `came`: at which instant it came to each step, 1 being the first; 0 for not within the time.
    SELECT label, mature, immature, arrayMap(step -> instants[indexOf(places, step)], {steps:Array(UInt16)}) AS came
    FROM
    (
        SELECT label, mature, immature, {{places-of-way}} AS places, {{instants-of-way}} AS instants
        FROM
        (
            SELECT
                label,
                {{way-within}} AS way,
                countIf(observed >= {within:Float64}) AS mature,
                countIf(observed < {within:Float64}) AS immature
            FROM {{accounts-in-scope}}
            GROUP BY label, way
        )
    )
)
GROUP BY label, depth
ORDER BY label, depth
