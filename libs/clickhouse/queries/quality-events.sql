-- Of one in `every` records: rows, rows that stand for a record that stands already, and events that came late.
SELECT
    count() AS events,
    toInt64(count()) - toInt64(uniqExact(source_partition, journey_offset, journey_index)) AS repeated,
    countIf(received_at > occurred_at + INTERVAL 1 DAY) AS late
FROM milepost.events
WHERE intHash64(journey_offset) % {every:UInt32} = 0
