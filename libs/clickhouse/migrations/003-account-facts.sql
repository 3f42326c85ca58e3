-- What questions about accounts are answered from, kept as events come in, so that no question reads every event.
-- Every one of these may take the same event twice and stays as it is: a least, a greatest, a set, or a row under the
-- record's own coordinates. Never a sum.
CREATE TABLE IF NOT EXISTS milepost.account_states
(
    account_id       String,
    source_partition SimpleAggregateFunction(max, UInt16),
    created_at       SimpleAggregateFunction(min, Nullable(DateTime64(6, 'UTC'))) COMMENT 'Earliest account.created',
    first_at         SimpleAggregateFunction(min, DateTime64(6, 'UTC')),
    last_at          SimpleAggregateFunction(max, DateTime64(6, 'UTC')),
    last_received_at SimpleAggregateFunction(max, DateTime64(6, 'UTC')),
    ended_at         SimpleAggregateFunction(min, Nullable(DateTime64(6, 'UTC'))) COMMENT 'Earliest subscription.cancelled',
    product_line     SimpleAggregateFunction(min, Tuple(DateTime64(6, 'UTC'), String)) COMMENT 'The first line used. Empty, at the end of time, for none'
)
ENGINE = AggregatingMergeTree
ORDER BY account_id;

CREATE MATERIALIZED VIEW IF NOT EXISTS milepost.account_states_of_events TO milepost.account_states AS
SELECT
    account_id,
    max(source_partition) AS source_partition,
    minOrNullIf(occurred_at, type = 'account.created') AS created_at,
    min(occurred_at) AS first_at,
    max(occurred_at) AS last_at,
    max(received_at) AS last_received_at,
    minOrNullIf(occurred_at, type = 'subscription.cancelled') AS ended_at,
    min(if(product_line = '', (toDateTime64('2262-01-01 00:00:00', 6, 'UTC'), ''), (occurred_at, toString(product_line)))) AS product_line
FROM milepost.events
GROUP BY account_id;

-- Events that say something by themselves: of the account, its contract, its guides, its words. Not the daily use.
CREATE TABLE IF NOT EXISTS milepost.moments
(
    account_id          String,
    type                LowCardinality(String),
    at                  DateTime64(6, 'UTC'),
    plan_tier           LowCardinality(String),
    company_size        Nullable(UInt32),
    industry            LowCardinality(String),
    region              LowCardinality(String),
    acquisition_channel LowCardinality(String),
    amount_minor        Int64,
    currency            LowCardinality(String),
    term_months         UInt16,
    kind                LowCardinality(String),
    theme               LowCardinality(String),
    sentiment           Nullable(Float64),
    source_partition    UInt16,
    journey_offset      UInt64,
    journey_index       UInt32
)
ENGINE = ReplacingMergeTree
ORDER BY (account_id, at, source_partition, journey_offset, journey_index);

CREATE MATERIALIZED VIEW IF NOT EXISTS milepost.moments_of_events TO milepost.moments AS
SELECT
    account_id, type, occurred_at AS at, plan_tier, company_size, industry, region, acquisition_channel,
    JSONExtract(properties, 'amountMinor', 'Int64') AS amount_minor,
    JSONExtractString(properties, 'currency') AS currency,
    JSONExtract(properties, 'termMonths', 'UInt16') AS term_months,
    JSONExtractString(properties, 'kind') AS kind,
    JSONExtractString(properties, 'theme') AS theme,
    JSONExtract(properties, 'sentiment', 'Nullable(Float64)') AS sentiment,
    source_partition, journey_offset, journey_index
FROM milepost.events
WHERE type IN ('account.created', 'guide.completed', 'feedback.recorded', 'plan.limit_reached')
   OR startsWith(type, 'subscription.')
   OR plan_tier != '' OR company_size IS NOT NULL OR industry != '' OR region != '' OR acquisition_channel != '';

-- On which UTC dates an account did what. Presence alone: it counts days, not events.
CREATE TABLE IF NOT EXISTS milepost.active_days
(
    account_id String,
    day        Date,
    type       LowCardinality(String),
    outcome    LowCardinality(String)
)
ENGINE = ReplacingMergeTree
ORDER BY (account_id, day, type, outcome);

CREATE MATERIALIZED VIEW IF NOT EXISTS milepost.active_days_of_events TO milepost.active_days AS
SELECT DISTINCT account_id, toDate(occurred_at) AS day, type, outcome
FROM milepost.events;

-- The events that were there before the views.
INSERT INTO milepost.account_states
SELECT
    account_id,
    max(source_partition),
    minOrNullIf(occurred_at, type = 'account.created'),
    min(occurred_at),
    max(occurred_at),
    max(received_at),
    minOrNullIf(occurred_at, type = 'subscription.cancelled'),
    min(if(product_line = '', (toDateTime64('2262-01-01 00:00:00', 6, 'UTC'), ''), (occurred_at, toString(product_line))))
FROM milepost.events
GROUP BY account_id;

INSERT INTO milepost.moments
SELECT
    account_id, type, occurred_at, plan_tier, company_size, industry, region, acquisition_channel,
    JSONExtract(properties, 'amountMinor', 'Int64'),
    JSONExtractString(properties, 'currency'),
    JSONExtract(properties, 'termMonths', 'UInt16'),
    JSONExtractString(properties, 'kind'),
    JSONExtractString(properties, 'theme'),
    JSONExtract(properties, 'sentiment', 'Nullable(Float64)'),
    source_partition, journey_offset, journey_index
FROM milepost.events
WHERE type IN ('account.created', 'guide.completed', 'feedback.recorded', 'plan.limit_reached')
   OR startsWith(type, 'subscription.')
   OR plan_tier != '' OR company_size IS NOT NULL OR industry != '' OR region != '' OR acquisition_channel != '';

INSERT INTO milepost.active_days
SELECT DISTINCT account_id, toDate(occurred_at), type, outcome
FROM milepost.events;

-- One row an account as it was known at one moment; every answer reads one snapshot, so answers agree with each other.
-- Times are days since signup. Filled by queries/snapshot-accounts.sql; a whole partition goes when a newer one is there.
CREATE TABLE IF NOT EXISTS milepost.account_rows
(
    snapshot         UInt64,
    account_id       String,
    signed_up_at     DateTime64(6, 'UTC'),
    cohort           LowCardinality(String) COMMENT 'Month of signup, such as 2026-01',
    observed         Float64 COMMENT 'Days since signup until which the account was observed',
    ended            Nullable(Float64) COMMENT 'When it cancelled',
    segment          LowCardinality(String) COMMENT 'By the first known size: known at signup, not by what came later',
    plan_tier        LowCardinality(String),
    industry         LowCardinality(String),
    region           LowCardinality(String),
    channel          LowCardinality(String),
    company_size     Nullable(UInt32),
    product_line     LowCardinality(String) COMMENT 'The first one used',
    reached          Array(Nullable(Float64)) COMMENT 'By milestone, in the order of the plan',
    contract         Array(Tuple(at Float64, kind LowCardinality(String), amount Int64, months UInt16)) COMMENT 'Started, renewed, expanded, contracted, cancelled, in order',
    currency         LowCardinality(String),
    touches          Array(Tuple(at Float64, kind LowCardinality(String), theme LowCardinality(String), sentiment Nullable(Float64))) COMMENT 'Guides and feedback, in order',
    active_days      Array(UInt16) COMMENT 'Days since signup on which a core action succeeded',
    last_active      Nullable(Float64)
)
ENGINE = MergeTree
PARTITION BY snapshot
ORDER BY account_id
SETTINGS non_replicated_deduplication_window = 100;

CREATE TABLE IF NOT EXISTS milepost.snapshots
(
    snapshot     UInt64,
    built_at     DateTime64(3, 'UTC') DEFAULT now64(3),
    as_of        DateTime64(6, 'UTC') COMMENT 'Stream time of the partition that is furthest behind',
    plan_version String,
    accounts     UInt64
)
ENGINE = ReplacingMergeTree
ORDER BY snapshot;
