SELECT source_partition AS partition, count() AS rows, uniqExact(source_offset) AS offsets
FROM milepost.rejected
GROUP BY partition
ORDER BY partition
