SELECT signal, topic_partition AS partition, count() AS rows, uniqExact(id) AS ids
FROM milepost.signals
WHERE journey_offset < {journey:Array(UInt64)}[topic_partition + 1]
GROUP BY signal, partition
ORDER BY signal, partition
