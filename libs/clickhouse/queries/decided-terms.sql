-- Known a week before, so foretold in the same week or the one before: `begun` is that of the decision.
SELECT
    week, week AS begun, segment, size, term, idle, active, milestones,
    toUInt8(decision = 1) AS came,
    count() AS accounts
FROM {{terms-in-scope}}
WHERE decision < 2
GROUP BY week, segment, size, term, idle, active, milestones, came
ORDER BY week, segment, size, term, idle, active, milestones, came
