SELECT journey_offset, toUnixTimestamp64Micro(clock) AS clock
FROM milepost.stream_time FINAL
WHERE source_partition = {partition:UInt16} AND journey_offset < {journey:UInt64}
ORDER BY journey_offset
