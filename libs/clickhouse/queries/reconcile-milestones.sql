SELECT
    source_partition AS partition,
    count() AS rows,
    uniqExact(journey_offset, journey_index, change_index) AS changes
FROM milepost.milestones
WHERE journey_offset < {journey:Array(UInt64)}[source_partition + 1]
GROUP BY partition
ORDER BY partition
