-- What many questions of a snapshot need, kept ready beside what it follows from. ClickHouse works these out as a row is
-- written. Rows that were there before have them worked out as they are read, and not always rightly: see migration 6.
-- Infinity stands for never: a comparison with it is false, and a plain number is quicker than one that may be missing.
ALTER TABLE milepost.account_rows
    ADD COLUMN IF NOT EXISTS ended_at Float64 MATERIALIZED ifNull(ended, inf),
    ADD COLUMN IF NOT EXISTS stop Float64 MATERIALIZED least(observed, ended_at) COMMENT 'When it left or was last seen',
    ADD COLUMN IF NOT EXISTS reached_at Array(Float64) MATERIALIZED arrayMap(at -> ifNull(at, inf), reached),
    ADD COLUMN IF NOT EXISTS size Float64 MATERIALIZED if(company_size IS NULL, -1, round(2 * log2(1 + company_size)) / 2) COMMENT 'log2(1 + company size), in halves, -1 when not known',
    ADD COLUMN IF NOT EXISTS renewals Array(Float64) MATERIALIZED arrayMap(one -> one.at, arrayFilter(one -> one.kind = 'renewed', contract)),
    ADD COLUMN IF NOT EXISTS expansions Array(Float64) MATERIALIZED arrayMap(one -> one.at, arrayFilter(one -> one.kind = 'expanded', contract)),
    ADD COLUMN IF NOT EXISTS cancellations Array(Float64) MATERIALIZED arrayMap(one -> one.at, arrayFilter(one -> one.kind = 'cancelled', contract)),
    ADD COLUMN IF NOT EXISTS bills Array(Tuple(at Float64, amount Int64)) MATERIALIZED arrayMap(one -> (one.at, one.amount), arrayFilter(one -> one.kind IN ('started', 'renewed'), contract)),
    ADD COLUMN IF NOT EXISTS started Float64 MATERIALIZED if(has(contract.kind, 'started'), contract.at[indexOf(contract.kind, 'started')], inf) COMMENT 'The first time',
    ADD COLUMN IF NOT EXISTS renewed Float64 MATERIALIZED if(empty(renewals), inf, renewals[1]) COMMENT 'The first time',
    ADD COLUMN IF NOT EXISTS expanded Float64 MATERIALIZED if(empty(expansions), inf, expansions[1]) COMMENT 'The first time',
    ADD COLUMN IF NOT EXISTS cancelled Float64 MATERIALIZED if(empty(cancellations), inf, cancellations[1]) COMMENT 'The first time',
    ADD COLUMN IF NOT EXISTS first_months UInt16 MATERIALIZED contract.months[indexOf(contract.kind, 'started')] COMMENT 'Of the first term, 0 for none',
    ADD COLUMN IF NOT EXISTS has_long_term UInt8 MATERIALIZED arrayExists(one -> one.kind = 'started' AND one.months > 1, contract) COMMENT 'Started one that is longer than a month',
    ADD COLUMN IF NOT EXISTS renewed_times UInt32 MATERIALIZED arrayCount(at -> at <= stop, renewals) COMMENT 'Until it left or was last seen',
    ADD COLUMN IF NOT EXISTS billed Float64 MATERIALIZED arraySum(one -> toFloat64(one.amount) / 100, bills) COMMENT 'Major units, of all terms',
    ADD COLUMN IF NOT EXISTS billed_90 Float64 MATERIALIZED arraySum(one -> if(one.at <= 90, toFloat64(one.amount) / 100, 0), bills) COMMENT 'Major units, by day 90',
    ADD COLUMN IF NOT EXISTS first_guide Float64 MATERIALIZED arrayMin(arrayPushBack(arrayMap(one -> one.at, arrayFilter(one -> one.kind = 'guide', touches)), inf)),
    ADD COLUMN IF NOT EXISTS first_talk Float64 MATERIALIZED arrayMin(arrayPushBack(arrayMap(one -> one.at, arrayFilter(one -> one.kind IN ('interview', 'ticket'), touches)), inf)) COMMENT 'First interview or ticket',
    ADD COLUMN IF NOT EXISTS active_weeks UInt64 MATERIALIZED arraySum(week -> bitShiftLeft(toUInt64(week < 64), week), arrayCompact(arrayMap(day -> intDiv(day, 7), active_days))) COMMENT 'A bit for each of the first 64 weeks since signup with a succeeded core action',
    ADD COLUMN IF NOT EXISTS active_months UInt64 MATERIALIZED arraySum(month -> bitShiftLeft(toUInt64(month < 64), month), arrayCompact(arrayMap(day -> intDiv(day, 30), active_days))) COMMENT 'The same by 30 days';

-- Every term of the contract, with what was known a week before it was decided (or is known now, of the one that runs).
ALTER TABLE milepost.account_rows
    ADD COLUMN IF NOT EXISTS terms Array(Tuple(
        begins Float64, months UInt16, amount Int64,
        decision UInt8, decided Float64, known Float64,
        idle Float64, active UInt16, milestones UInt16, week UInt32))
    MATERIALIZED arrayMap(
        one -> (
            one.1, one.2, one.3, one.4, one.5, one.6,
            least(30, if(active_days[1] <= one.6 AND notEmpty(active_days), greatest(0, floor(one.6 - arrayLast(day -> day <= one.6, active_days))), one.6)),
            arrayCount(day -> day > one.6 - 14 AND day <= one.6, active_days),
            arrayCount(at -> at <= one.6, reached_at),
            toUInt32(intDiv(toUnixTimestamp(signed_up_at) + toUInt64(one.5 * 86400), 604800))),
        arrayMap(
            one -> (one.1, one.2, one.3, one.4, one.5, if(one.4 = 2, observed, greatest(one.1, one.5 - 7))),
            arrayMap(
                (one, next) -> (one.at, one.months, one.amount, multiIf(next > 0, 0, ended_at <= observed, 1, 2), multiIf(next > 0, next, ended_at <= observed, ended_at, observed)),
                arrayFilter(one -> one.kind IN ('started', 'renewed') AND one.at <= stop, contract),
                arrayShiftLeft(arrayFilter(one -> one.kind IN ('started', 'renewed') AND one.at <= stop, contract).at, 1, -1.))))
    COMMENT 'In order. `decision`: 0 renewed, 1 lost, 2 still open, `week` of it, since 1970, `idle` days since the last active day, `active` days of the last 14';
