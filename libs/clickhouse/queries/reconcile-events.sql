-- Up to each partition's cuts: `source` in onboarding.events, `journey` in onboarding.journey. Erased rows count where
-- they stood; one that is noted and not yet taken away counts once.
SELECT
    source_partition AS partition,
    countIf(source_offset < {source:Array(UInt64)}[source_partition + 1]) AS rows,
    uniqExactIf(source_offset, source_offset < {source:Array(UInt64)}[source_partition + 1]) AS offsets,
    countIf(journey_offset < {journey:Array(UInt64)}[source_partition + 1]) AS facts
FROM
(
    SELECT source_partition, source_offset, journey_offset
    FROM milepost.events
    WHERE (source_partition, source_offset) NOT IN
        (SELECT source_partition, source_offset FROM milepost.erased_rows WHERE kind = 'events')
    UNION ALL
    SELECT source_partition, source_offset, journey_offset FROM milepost.erased_rows FINAL WHERE kind = 'events'
)
GROUP BY partition
ORDER BY partition
