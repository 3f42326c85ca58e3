SELECT
    source_partition AS partition,
    count() AS rows,
    uniqExact(source_offset) AS offsets,
    uniqExact(account_id, source, event_id) AS identities
FROM milepost.events
GROUP BY partition
ORDER BY partition
