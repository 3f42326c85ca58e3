-- By period since signup: who had a succeeded core action in it, of those observed to its end. Accounts are counted by
-- which periods they were seen in whole and active in, then counted by period.
SELECT
    label,
    period,
    sum(alike) AS accounts,
    sumIf(alike, seen > period) AS mature,
    sumIf(alike, seen > period AND bitTest(bits, period)) AS active
FROM
(
    SELECT
        label,
        toUInt8(least({periods:UInt16}, floor(greatest(0, observed) / {width:UInt16}))) AS seen,
        bitAnd(if({width:UInt16} = 7, active_weeks, active_months), bitShiftLeft(toUInt64(1), seen) - 1) AS bits,
        count() AS alike
    FROM {{accounts-in-scope}}
    GROUP BY label, seen, bits
)
ARRAY JOIN range(toUInt16({periods:UInt16})) AS period
GROUP BY label, period
ORDER BY label, period
