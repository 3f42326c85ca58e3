-- Of contracts of one length, by day since they began: the first expansion, or that the account left before. What
-- happened counts at the end of its day, what was censored at the end of the last day seen whole.
SELECT
    label,
    if(cause > 0, ceil(until), floor(until)) AS day,
    countIf(cause = 1) AS events,
    countIf(cause = 2) AS competing,
    countIf(cause = 0) AS censored
FROM
(
    SELECT
        label,
        arrayFirstOrNull(at -> at > started, expansions) AS first,
        ifNull(first, inf) AS expands,
        multiIf(expands <= stop, 1, ended_at <= observed, 2, 0) AS cause,
        greatest(0, least(expands, stop) - started) AS until
    FROM {{accounts-in-scope}}
    WHERE first_months = {months:UInt16} AND started < inf
)
GROUP BY label, day
ORDER BY label, day
