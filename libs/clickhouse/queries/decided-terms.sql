SELECT
    toUInt32(intDiv(toUnixTimestamp(signed_up_at) + toUInt64(decided * 86400), 604800)) AS week,
    segment, size, term, idle, active, milestones,
    toUInt8(decision = 1) AS lost,
    count() AS accounts
FROM {{terms-in-scope}}
WHERE decision < 2
GROUP BY week, segment, size, term, idle, active, milestones, lost
ORDER BY week, segment, size, term, idle, active, milestones, lost
