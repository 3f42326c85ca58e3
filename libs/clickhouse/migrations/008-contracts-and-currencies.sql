-- Amounts are never added up over currencies, so a row has to say when an account was billed in more than one.
ALTER TABLE milepost.account_rows
    COMMENT COLUMN IF EXISTS currency 'ISO 4217 of what its contracts bill, several where that is more than one, empty where nothing is billed';

-- As in migration 5, but a term counts as renewed or lost only once it would have ended: before that, of those that began
-- with it only the ones that left early are decided, and nobody would seem to renew. And a contract may be older than the
-- account: what was decided before its signup is not learnt from, for nothing is known of that time.
ALTER TABLE milepost.account_rows
    MODIFY COLUMN IF EXISTS terms Array(Tuple(
        begins Float64, months UInt16, amount Int64,
        decision UInt8, decided Float64, known Float64,
        idle Float64, active UInt16, milestones UInt16, week UInt32))
    MATERIALIZED arrayMap(
        one -> (
            one.1, one.2, one.3, if(one.4 < 2 AND (one.5 < 0 OR one.1 + 30 * one.2 > observed), 3, one.4), one.5, one.6,
            greatest(0, least(30, if(active_days[1] <= one.6 AND notEmpty(active_days), floor(one.6 - arrayLast(day -> day <= one.6, active_days)), one.6))),
            arrayCount(day -> day > one.6 - 14 AND day <= one.6, active_days),
            arrayCount(at -> at <= one.6, reached_at),
            toUInt32(intDiv(toInt64(toUnixTimestamp(signed_up_at)) + toInt64(one.5 * 86400), 604800))),
        arrayMap(
            one -> (one.1, one.2, one.3, one.4, one.5, if(one.4 = 2, observed, greatest(one.1, one.5 - 7))),
            arrayMap(
                (one, next) -> (one.at, one.months, one.amount, multiIf(next > -inf, 0, ended_at <= observed, 1, 2), multiIf(next > -inf, next, ended_at <= observed, ended_at, observed)),
                arrayFilter(one -> one.kind IN ('started', 'renewed') AND one.at <= stop, contract),
                arrayShiftLeft(arrayFilter(one -> one.kind IN ('started', 'renewed') AND one.at <= stop, contract).at, 1, -inf))))
    COMMENT 'In order. `decision`: 0 renewed, 1 lost, 2 still open, 3 decided before it would have ended, or before signup, `week` of it, since 1970, `idle` days since the last active day, `active` days of the last 14',
    MODIFY COLUMN IF EXISTS renewed_times UInt32 MATERIALIZED toUInt32(greatest(0, toInt64(length(terms)) - 1)) COMMENT 'Terms that another one followed, until it left or was last seen',
    ADD COLUMN IF NOT EXISTS lost UInt8 MATERIALIZED terms.decision[-1] = 1 COMMENT 'Whether its last term would have ended by now and was not renewed';

-- What questions on renewals and revenue in a window need, kept ready.
ALTER TABLE milepost.account_rows
    ADD COLUMN IF NOT EXISTS term_ends Array(Float64)
    MATERIALIZED arrayMap(one -> multiIf(one.decision = 0, one.decided, one.months = 0, nan, one.begins + 30 * one.months), terms)
    COMMENT 'When each term was renewed, or will have ended. Not a number where its length is not known',
    ADD COLUMN IF NOT EXISTS revenue Array(Tuple(begins Float64, ends Float64, daily Float64, once Float64))
    MATERIALIZED arrayMap(
        (at, kind, amount, months, next, end) -> (
            at,
            if(months = 0, at, greatest(at, least(next, if(end > at, end, at + 30 * months)))),
            if(months > 0 AND kind IN ('started', 'renewed', 'expanded', 'contracted'), amount / (30 * months), 0),
            if(months = 0 AND kind IN ('started', 'renewed', 'expanded', 'contracted'), amount, 0)),
        contract.at,
        contract.kind,
        contract.amount,
        contract.months,
        arrayShiftLeft(contract.at, 1, inf),
        arrayFill(
            (end, kind) -> kind IN ('started', 'renewed'),
            arrayMap((at, kind, months) -> if(kind IN ('started', 'renewed'), at + 30 * months, -inf), contract.at, contract.kind, contract.months),
            contract.kind))
    COMMENT 'What the contract brings, in minor units: the amount of a whole term comes evenly over its days, 30 a month, until the next entry or the end of the term, one that changes the level runs to the end of the term it falls into, for its own months where there is none, without months it comes at once';
