-- Contracts of one length, by renewals survived and whether they were lost at the one after; with what their terms
-- of that length billed, in minor units: sums, and squares and products by account for the error of the mean term.
SELECT
    label,
    renewals,
    left,
    count() AS accounts,
    countIf(own_terms > 0) AS billedAccounts,
    sum(own_billed) AS billed,
    sum(own_terms) AS terms,
    sum(own_billed * own_billed) AS billedSquares,
    sum(own_billed * own_terms) AS products,
    sum(own_terms * own_terms) AS termSquares,
    arraySort(groupUniqArray(currency)) AS currencies
FROM
(
    SELECT
        label,
        currency,
        renewed_times AS renewals,
        lost AS left,
        arraySum((length, amount) -> if(length = {months:UInt16}, toFloat64(amount), 0), term_lengths, term_amounts) AS own_billed,
        toFloat64(countEqual(term_lengths, {months:UInt16})) AS own_terms
    FROM {{accounts-in-scope}}
    WHERE first_months = {months:UInt16} AND started < inf
)
GROUP BY label, renewals, left
ORDER BY label, renewals, left
