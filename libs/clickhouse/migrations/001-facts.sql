-- Every table ends its sorting key with the source coordinates: past the deduplication window a repeat of the same
-- record still collapses. No PARTITION BY: a backfill's block spans years, and one block must stay one block.
CREATE TABLE IF NOT EXISTS milepost.events
(
    account_id          String,
    type                LowCardinality(String),
    source              LowCardinality(String),
    event_id            String,
    occurred_at         DateTime64(6, 'UTC'),
    received_at         DateTime64(6, 'UTC'),
    outcome             LowCardinality(String),
    user_id             String,
    product_line        LowCardinality(String),
    plan_tier           LowCardinality(String),
    company_size        Nullable(UInt32),
    industry            LowCardinality(String),
    region              LowCardinality(String),
    acquisition_channel LowCardinality(String),
    properties          String COMMENT 'JSON object',
    plan_version        LowCardinality(String),
    source_partition    UInt16,
    source_offset       UInt64 COMMENT 'Offset in onboarding.events',
    journey_offset      UInt64,
    journey_index       UInt32 COMMENT 'Index of the fact in its page'
)
ENGINE = ReplacingMergeTree
ORDER BY (account_id, occurred_at, source_partition, journey_offset, journey_index)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE TABLE IF NOT EXISTS milepost.milestones
(
    account_id       String,
    milestone        LowCardinality(String),
    reached_at       Nullable(DateTime64(6, 'UTC')) COMMENT 'NULL: no longer reached',
    previous         Nullable(DateTime64(6, 'UTC')) COMMENT 'NULL: newly reached',
    received_at      DateTime64(6, 'UTC'),
    event_source     LowCardinality(String),
    event_id         String COMMENT 'The event whose arrival changed it',
    source_partition UInt16,
    journey_offset   UInt64,
    journey_index    UInt32,
    change_index     UInt16
)
ENGINE = ReplacingMergeTree
ORDER BY (account_id, milestone, source_partition, journey_offset, journey_index, change_index)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE TABLE IF NOT EXISTS milepost.signals
(
    account_id      String,
    signal          LowCardinality(String),
    trigger         String,
    id              String,
    status          LowCardinality(String),
    at              DateTime64(6, 'UTC'),
    reasons         Array(Tuple(code String, since DateTime64(6, 'UTC'), text String)),
    ended           Array(Tuple(code String, since DateTime64(6, 'UTC'), at DateTime64(6, 'UTC'), cause String)),
    resolution      LowCardinality(String),
    live            Bool,
    severity        LowCardinality(String),
    probability     Nullable(Float64),
    evidence        Array(Tuple(source String, id String, type String, time DateTime64(6, 'UTC'))),
    milestones      Map(String, DateTime64(6, 'UTC')),
    segment         LowCardinality(String),
    plan_version    LowCardinality(String),
    model_version   String,
    data_quality    LowCardinality(String),
    journey_offset  UInt64 COMMENT 'Page of the journey that it follows from, same partition',
    topic_partition UInt16,
    topic_offset    UInt64
)
ENGINE = ReplacingMergeTree
ORDER BY (account_id, signal, topic_partition, topic_offset)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE TABLE IF NOT EXISTS milepost.rejected
(
    source_partition UInt16,
    source_offset    UInt64 COMMENT 'Offset in onboarding.events',
    record_key       String,
    codes            Array(LowCardinality(String)),
    message          String,
    received_at      DateTime64(6, 'UTC'),
    value_bytes      UInt32,
    topic_partition  UInt16,
    topic_offset     UInt64
)
ENGINE = ReplacingMergeTree
ORDER BY (source_partition, source_offset, topic_partition, topic_offset)
SETTINGS non_replicated_deduplication_window = 10000;
