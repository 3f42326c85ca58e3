SELECT type, formatDateTime(max(day), '%Y-%m-%d') AS lastAt
FROM milepost.active_days
GROUP BY type
