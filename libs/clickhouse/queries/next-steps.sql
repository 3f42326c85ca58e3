-- What accounts did right after a state, and how many of them came to the outcome after that step (or by it).
SELECT path[place + 1] AS next, sum(accounts) AS taken, sumIf(accounts, has(arraySlice(path, place + 1), {outcome:String})) AS succeeded
FROM
(
    SELECT path, indexOf(path, {at:String}) AS place, accounts
    FROM {{journeys-in-scope}}
)
WHERE place > 0
GROUP BY next
ORDER BY taken DESC, next
