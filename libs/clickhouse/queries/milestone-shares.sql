-- `windows`: days by milestone and segment, all segments of the first milestone first.
SELECT
    label,
    milestone,
    count() AS accounts,
    countIf(observed >= window) AS mature,
    countIf(observed >= window AND at <= window) AS reached,
    countIf(at IS NOT NULL) AS ever
FROM
(
    SELECT
        label,
        observed,
        milestone,
        at,
        {windows:Array(Float64)}[(milestone - 1) * length({segments:Array(String)}) + indexOf({segments:Array(String)}, segment)] AS window
    FROM {{accounts-in-scope}}
    ARRAY JOIN reached AS at, arrayEnumerate(reached) AS milestone
)
GROUP BY label, milestone
ORDER BY label, milestone
