SELECT signal, topic_partition AS partition, count() AS rows, uniqExact(topic_offset) AS offsets, uniqExact(id) AS ids
FROM milepost.signals
GROUP BY signal, partition
ORDER BY signal, partition
