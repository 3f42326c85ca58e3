-- Up to each partition's cuts: `source` in onboarding.events, `journey` in onboarding.journey.
SELECT
    source_partition AS partition,
    countIf(source_offset < {source:Array(UInt64)}[source_partition + 1]) AS rows,
    uniqExactIf(source_offset, source_offset < {source:Array(UInt64)}[source_partition + 1]) AS offsets,
    countIf(journey_offset < {journey:Array(UInt64)}[source_partition + 1]) AS facts
FROM milepost.events
GROUP BY partition
ORDER BY partition
