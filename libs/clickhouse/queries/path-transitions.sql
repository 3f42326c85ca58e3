SELECT `from`, `to`, count() AS accounts
FROM
(
    SELECT arrayJoin(arrayZip(arrayPopBack(path), arrayPopFront(path))) AS step, step.1 AS `from`, step.2 AS `to`
    FROM {{journeys-in-scope}}
)
GROUP BY `from`, `to`
ORDER BY `from`, `to`
