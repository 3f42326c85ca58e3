SELECT code, count() AS records, formatDateTime(max(received_at), '%Y-%m-%dT%H:%i:%S.%fZ') AS lastAt
FROM
(
    SELECT arrayJoin(codes) AS code, received_at
    FROM milepost.rejected FINAL
)
GROUP BY code
ORDER BY records DESC, code
LIMIT 100
