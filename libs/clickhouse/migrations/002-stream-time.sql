-- The clock records of the journey. With them and the facts, the journey can be folded again where Kafka no longer
-- has it.
CREATE TABLE IF NOT EXISTS milepost.stream_time
(
    source_partition UInt16,
    journey_offset   UInt64,
    clock            DateTime64(6, 'UTC') COMMENT 'Stream time after the page'
)
ENGINE = ReplacingMergeTree
ORDER BY (source_partition, journey_offset)
SETTINGS non_replicated_deduplication_window = 10000;
