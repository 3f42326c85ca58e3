SELECT
    week, segment, size, term, idle, active, milestones,
    toUInt8(decision = 1) AS lost,
    count() AS accounts
FROM {{terms-in-scope}}
WHERE decision < 2
GROUP BY week, segment, size, term, idle, active, milestones, lost
ORDER BY week, segment, size, term, idle, active, milestones, lost
