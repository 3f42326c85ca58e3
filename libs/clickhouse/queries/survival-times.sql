-- By day since signup. What happened counts at the end of its day, what was censored at the end of the last day seen
-- whole.
SELECT
    label,
    if(cause > 0, ceil(until), floor(until)) AS day,
    countIf(cause = 1) AS events,
    countIf(cause = 2) AS competing,
    countIf(cause = 0) AS censored
FROM {{outcomes-in-scope}}
GROUP BY label, day
ORDER BY label, day
