-- By term of the contract: who left at its end, who was last seen having renewed so often, or left in a term that would
-- not have ended yet. Accounts that never paid are not here.
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
        renewed_times AS renewals,
        toUInt32(lost) AS left
    FROM {{accounts-in-scope}}
    WHERE started < inf
)
GROUP BY label, term
ORDER BY label, term
