-- Contracts of one length, by renewals survived and whether they were lost at the one after; with what their terms bill.
SELECT
    label,
    renewals,
    left,
    count() AS accounts,
    sum(billed) AS billed,
    sum(terms) AS terms,
    arraySort(groupUniqArray(currency)) AS currencies
FROM
(
    SELECT
        label,
        currency,
        renewed_times AS renewals,
        lost AS left,
        billed,
        length(bills.at) AS terms
    FROM {{accounts-in-scope}}
    WHERE first_months = {months:UInt16} AND started < inf
)
GROUP BY label, renewals, left
ORDER BY label, renewals, left
