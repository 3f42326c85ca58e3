-- By period since signup: who had a succeeded core action in it, of those observed to its end.
SELECT
    label,
    period,
    count() AS accounts,
    countIf(observed >= (period + 1) * {width:UInt16}) AS mature,
    countIf(observed >= (period + 1) * {width:UInt16} AND has(periods, period)) AS active
FROM
(
    SELECT label, observed, arrayDistinct(arrayMap(day -> toUInt16(intDiv(day, {width:UInt16})), active_days)) AS periods
    FROM {{accounts-in-scope}}
)
ARRAY JOIN range(toUInt16({periods:UInt16})) AS period
GROUP BY label, period
ORDER BY label, period
