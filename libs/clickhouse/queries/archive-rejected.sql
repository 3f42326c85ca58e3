SELECT count() AS rejected
FROM milepost.rejected FINAL
WHERE source_partition = {partition:UInt16} AND source_offset < {source:UInt64}
