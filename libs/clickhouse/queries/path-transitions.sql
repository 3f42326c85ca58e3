SELECT step.1 AS `from`, step.2 AS `to`, sum(accounts) AS accounts
FROM
(
    SELECT arrayJoin(arrayZip(arrayPopBack(path), arrayPopFront(path))) AS step, accounts
    FROM {{journeys-in-scope}}
)
GROUP BY `from`, `to`
ORDER BY `from`, `to`
