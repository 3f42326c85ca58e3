-- An erased record has lost its id: its place tells it from others.
SELECT signal, partition, count() AS rows, uniqExact(id) AS ids
FROM
(
    SELECT signal, topic_partition AS partition, journey_offset, id
    FROM milepost.signals
    WHERE (signal, topic_partition, topic_offset) NOT IN
        (SELECT signal, source_partition, place FROM milepost.erased_rows WHERE kind = 'signals')
    UNION ALL
    SELECT signal, source_partition, journey_offset, toString(place)
    FROM milepost.erased_rows FINAL
    WHERE kind = 'signals'
)
WHERE journey_offset < {journey:Array(UInt64)}[partition + 1]
GROUP BY signal, partition
ORDER BY signal, partition
