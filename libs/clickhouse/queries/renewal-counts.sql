-- Contracts of one length, by renewals survived and whether they were lost at the one after; with what their terms bill.
SELECT
    label,
    renewals,
    left,
    count() AS accounts,
    sum(billed) AS billed,
    sum(terms) AS terms,
    any(currency) AS unit,
    uniqExact(currency) AS units
FROM
(
    SELECT
        label,
        currency,
        toUInt32(arrayCount(one -> one.kind = 'renewed' AND one.at <= stop, contract)) AS renewals,
        toUInt8(ifNull(ended <= observed, 0)) AS left,
        arraySum(one -> if(one.kind IN ('started', 'renewed'), toFloat64(one.amount) / 100, 0), contract) AS billed,
        arrayCount(one -> one.kind IN ('started', 'renewed'), contract) AS terms
    FROM {{accounts-in-scope}}
    WHERE arrayFirst(one -> one.kind = 'started', contract).months = {months:UInt16}
)
GROUP BY label, renewals, left
ORDER BY label, renewals, left
