-- By term of the contract: who left at its end, who was last seen having renewed so often. Accounts that never paid
-- are not here.
SELECT
    label,
    renewals + left AS term,
    countIf(left = 1) AS events,
    0 AS competing,
    countIf(left = 0) AS censored
FROM
(
    SELECT
        label,
        toUInt32(arrayCount(one -> one.kind = 'renewed' AND one.at <= stop, contract)) AS renewals,
        toUInt32(ifNull(ended <= observed, 0)) AS left
    FROM {{accounts-in-scope}}
    WHERE arrayExists(one -> one.kind = 'started', contract)
)
GROUP BY label, term
ORDER BY label, term
