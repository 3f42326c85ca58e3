-- By period since signup: who had a succeeded core action in it, of those observed to its end. Counted as arrays by
-- period, so that an account is one row; its days are in order, so that equal periods are neighbours.
SELECT label, period, accounts, mature, active
FROM
(
    SELECT
        label,
        count() AS accounts,
        sumForEach(arrayMap(one -> toUInt64(observed >= (one + 1) * {width:UInt16}), range(toUInt16({periods:UInt16})))) AS matures,
        sumForEach(arrayMap(one -> toUInt64(observed >= (one + 1) * {width:UInt16} AND has(active_periods, one)), range(toUInt16({periods:UInt16})))) AS actives
    FROM
    (
        SELECT label, observed, arrayCompact(arrayMap(day -> toUInt16(intDiv(day, {width:UInt16})), active_days)) AS active_periods
        FROM {{accounts-in-scope}}
    )
    GROUP BY label
)
ARRAY JOIN range(toUInt16({periods:UInt16})) AS period, matures AS mature, actives AS active
ORDER BY label, period
