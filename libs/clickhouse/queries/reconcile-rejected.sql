SELECT source_partition AS partition, count() AS rows, uniqExact(source_offset) AS offsets
FROM milepost.rejected
WHERE source_offset < {source:Array(UInt64)}[source_partition + 1]
GROUP BY partition
ORDER BY partition
