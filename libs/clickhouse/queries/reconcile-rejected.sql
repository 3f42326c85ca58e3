SELECT source_partition AS partition, count() AS rows, uniqExact(source_offset) AS offsets
FROM
(
    SELECT source_partition, source_offset
    FROM milepost.rejected
    WHERE (source_partition, source_offset) NOT IN
        (SELECT source_partition, source_offset FROM milepost.erased_rows WHERE kind = 'rejected')
    UNION ALL
    SELECT source_partition, source_offset FROM milepost.erased_rows FINAL WHERE kind = 'rejected'
)
WHERE source_offset < {source:Array(UInt64)}[source_partition + 1]
GROUP BY partition
ORDER BY partition
