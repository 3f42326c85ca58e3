-- `windows`: days by milestone and segment, all segments of the first milestone first.
SELECT label, milestone, accounts, mature, reached, ever
FROM
(
    SELECT
        label,
        count() AS accounts,
        sumForEach(arrayMap(window -> toUInt8(observed >= window), own)) AS matures,
        sumForEach(arrayMap((at, window) -> toUInt8(observed >= window AND at <= window), reached_at, own)) AS reacheds,
        sumForEach(arrayMap(at -> toUInt8(at < inf), reached_at)) AS evers
    FROM
    (
        SELECT
            label, observed, reached_at,
            arrayMap(place -> {windows:Array(Float64)}[(place - 1) * length({segments:Array(String)}) + indexOf({segments:Array(String)}, segment)], arrayEnumerate(reached_at)) AS own
        FROM {{accounts-in-scope}}
    )
    GROUP BY label
)
ARRAY JOIN arrayEnumerate(matures) AS milestone, matures AS mature, reacheds AS reached, evers AS ever
ORDER BY label, milestone
