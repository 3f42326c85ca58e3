-- By hour since signup: who reached the milestone, who left before, whom we do not know of any longer. What happened
-- counts at the end of its hour, what was censored at the end of the last hour seen whole.
SELECT
    label,
    multiIf(cause = 1, ceil(at * 24), cause = 2, ceil(stop * 24), floor(observed * 24)) AS hour,
    countIf(cause = 1) AS reached,
    countIf(cause = 2) AS ended,
    countIf(cause = 0) AS censored
FROM
(
    SELECT label, observed, stop, reached_at[{milestone:UInt16}] AS at, multiIf(at <= stop, 1, ended_at <= observed, 2, 0) AS cause
    FROM {{accounts-in-scope}}
)
GROUP BY label, hour
ORDER BY label, hour
