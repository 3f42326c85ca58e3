-- Every account from `first` to before `next` as it is known now, under one snapshot's number. `milestones`, `core` and the
-- segments are of the plan; `below` is 0 where a segment has no upper end. Known of an account is what was known within a day
-- of its signup; a contract may be older than it, and an account that left before counts as gone from its first day.
INSERT INTO milepost.account_rows
WITH
    86400000000 AS day,
    -- What is learnt of an account later goes with how it did: who stays longer is asked more.
    signed + INTERVAL 1 DAY AS known_by,
    if(told.company_size.2 > known_by, NULL, told.company_size.1) AS size,
    horizons AS {{partition-horizons}},
    states AS
    (
        SELECT
            account_id,
            max(source_partition) AS source_partition,
            ifNull(min(created_at), min(first_at)) AS signed,
            max(last_at) AS last_at,
            (min(product_line) AS line).2 AS product_line
        FROM milepost.account_states
        WHERE account_id >= {first:String} AND ({isLast:UInt8} = 1 OR account_id < {next:String})
        GROUP BY account_id
    ),
    reached AS
    (
        SELECT account_id, groupArray((milestone, at)) AS times
        FROM
        (
            SELECT account_id, milestone, argMax(tuple(reached_at), (journey_offset, journey_index, change_index)).1 AS at
            FROM milepost.milestones
            WHERE account_id >= {first:String} AND ({isLast:UInt8} = 1 OR account_id < {next:String})
            GROUP BY account_id, milestone
        )
        WHERE at IS NOT NULL
        GROUP BY account_id
    ),
    told AS
    (
        SELECT
            account_id,
            argMinIf((plan_tier, at), at, plan_tier != '') AS plan_tier,
            argMinIf((company_size, at), at, company_size IS NOT NULL) AS company_size,
            argMinIf((industry, at), at, industry != '') AS industry,
            argMinIf((region, at), at, region != '') AS region,
            argMinIf((acquisition_channel, at), at, acquisition_channel != '') AS channel,
            groupUniqArrayIf(upper(currency), currency != '' AND amount_minor != 0 AND type != 'subscription.cancelled') AS currencies,
            arraySort(groupArrayIf((at, substring(type, 14), amount_minor, term_months), startsWith(type, 'subscription.'))) AS told_entries,
            -- Who is back under contract within 30 days has changed plans and did not leave.
            arrayFilter(one -> one.2 != 'cancelled' OR NOT arrayExists(later -> later.2 IN ('started', 'renewed') AND later.1 >= one.1 AND later.1 <= one.1 + INTERVAL 30 DAY, told_entries), told_entries) AS contract,
            arraySort(groupArrayIf((at, if(type = 'guide.completed', 'guide', kind), theme, sentiment), type IN ('guide.completed', 'feedback.recorded'))) AS touches
        FROM milepost.moments FINAL
        WHERE account_id >= {first:String} AND ({isLast:UInt8} = 1 OR account_id < {next:String})
        GROUP BY account_id
    ),
    active AS
    (
        SELECT account_id, groupUniqArray(day) AS days
        FROM milepost.active_days
        WHERE outcome = 'succeeded' AND has({core:Array(String)}, type)
          AND account_id >= {first:String} AND ({isLast:UInt8} = 1 OR account_id < {next:String})
        GROUP BY account_id
    )
SELECT
    {snapshot:UInt64} AS snapshot,
    states.account_id AS account_id,
    signed AS signed_up_at,
    formatDateTime(signed, '%Y-%m') AS cohort,
    dateDiff('microsecond', signed, greatest(horizons.until, last_at)) / day AS observed,
    if(has(told.contract.2, 'cancelled'), greatest(0, dateDiff('microsecond', signed, told.contract.1[indexOf(told.contract.2, 'cancelled')]) / day), NULL) AS ended,
    if(size IS NULL, {unknown:String},
        {segments:Array(String)}[arrayFirstIndex((low, high) -> size >= low AND (high = 0 OR size < high), {from:Array(UInt32)}, {below:Array(UInt32)})]) AS segment,
    if(told.plan_tier.1 = '' OR told.plan_tier.2 > known_by, 'unknown', told.plan_tier.1) AS plan_tier,
    if(told.industry.1 = '' OR told.industry.2 > known_by, 'unknown', told.industry.1) AS industry,
    if(told.region.1 = '' OR told.region.2 > known_by, 'unknown', told.region.1) AS region,
    if(told.channel.1 = '' OR told.channel.2 > known_by, 'unknown', told.channel.1) AS channel,
    size AS company_size,
    if(states.product_line = '', 'none', states.product_line) AS product_line,
    arrayMap(name -> if(has(reached.times.1, name), greatest(0, dateDiff('microsecond', signed, reached.times[indexOf(reached.times.1, name)].2) / day), NULL), {milestones:Array(String)}) AS reached,
    arrayMap(one -> (dateDiff('microsecond', signed, one.1) / day, one.2, one.3, one.4), told.contract) AS contract,
    if(length(told.currencies) > 1, 'several', told.currencies[1]) AS currency,
    arrayMap(one -> (dateDiff('microsecond', signed, one.1) / day, one.2, one.3, one.4), told.touches) AS touches,
    arraySort(arrayMap(one -> toUInt16(one - toDate(signed)), arrayFilter(one -> one >= toDate(signed), active.days))) AS active_days,
    if(empty(active.days), NULL, toFloat64(arrayMax(active.days) - toDate(signed))) AS last_active
FROM states
LEFT JOIN horizons ON horizons.source_partition = states.source_partition
LEFT JOIN reached ON reached.account_id = states.account_id
LEFT JOIN told ON told.account_id = states.account_id
LEFT JOIN active ON active.account_id = states.account_id
