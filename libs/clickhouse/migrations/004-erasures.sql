-- Who had which account erased, when and why. The account stands here as its hash only: whoever knows its id can ask
-- whether it was erased, and nobody can read from here who was.
CREATE TABLE IF NOT EXISTS milepost.erasures
(
    sequence     UInt64 COMMENT 'Offset in onboarding.control',
    account_hash String COMMENT 'SHA-256 of the account id, hexadecimal',
    requested_by String,
    reason       String,
    requested_at DateTime64(6, 'UTC')
)
ENGINE = ReplacingMergeTree
ORDER BY sequence;

-- Where an erasure has come to: a row for each topic and partition whose rows of the account are gone.
CREATE TABLE IF NOT EXISTS milepost.erasure_steps
(
    sequence         UInt64,
    topic            LowCardinality(String),
    source_partition UInt16,
    source_offset    UInt64 COMMENT 'Of the record in the source that it follows from: for journey and rejects the marker in onboarding.events',
    topic_offset     UInt64,
    done_at          DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree
ORDER BY (sequence, topic, source_partition, topic_offset);

-- Places of the rows that were erased, and nothing of what stood there: so that sums over Kafka, Redis and ClickHouse
-- still come out, exactly, up to any cut.
CREATE TABLE IF NOT EXISTS milepost.erased_rows
(
    kind             LowCardinality(String) COMMENT 'events, milestones, rejected or signals',
    signal           LowCardinality(String),
    source_partition UInt16,
    source_offset    UInt64 COMMENT 'In onboarding.events, 0 where the row has none',
    journey_offset   UInt64 COMMENT 'In onboarding.journey, 0 where the row has none',
    place            UInt64 COMMENT 'Tells rows of one record apart',
    sequence         UInt64
)
ENGINE = ReplacingMergeTree
ORDER BY (kind, signal, source_partition, source_offset, journey_offset, place);
