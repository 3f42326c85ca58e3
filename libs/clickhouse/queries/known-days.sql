-- From which day on events are known, those of the product's use and those of contracts apart, and of contracts until
-- when, with how many came in the 28 days up to then. Over the days that accounts did something on, for they are the
-- fewest bytes that tell it; a row that is not merged yet may count twice.
SELECT
    minOrNullIf(day, others > 0) AS firstOther,
    minOrNullIf(day, uses > 0) AS firstUse,
    minOrNullIf(day, contracts > 0) AS firstContract,
    maxOrNullIf(day, contracts > 0) AS lastContract,
    argMaxIf(contracts_of_late, day, contracts > 0) AS contractsUpToLast
FROM
(
    SELECT
        day,
        contracts,
        others,
        others > starts AS uses,
        sum(contracts) OVER (ORDER BY day RANGE BETWEEN 27 PRECEDING AND CURRENT ROW) AS contracts_of_late
    FROM
    (
        SELECT
            day,
            countIf(startsWith(type, 'subscription.')) AS contracts,
            countIf(type = 'account.created') AS starts,
            count() - contracts AS others
        FROM milepost.active_days
        GROUP BY day
    )
)
