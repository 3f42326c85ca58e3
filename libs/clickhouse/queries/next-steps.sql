-- What accounts did right after a state, and how many of them came to the outcome after that step (or by it).
SELECT path[place + 1] AS next, count() AS taken, countIf(has(arraySlice(path, place + 1), {outcome:String})) AS succeeded
FROM
(
    SELECT path, indexOf(path, {at:String}) AS place
    FROM {{journeys-in-scope}}
)
WHERE place > 0
GROUP BY next
ORDER BY taken DESC, next
