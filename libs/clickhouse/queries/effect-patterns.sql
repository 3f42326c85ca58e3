-- Accounts by what is known of them at signup, whether they had the exposure by the landmark, and what came of it in the
-- horizon after. `place`: kept, or why not.
SELECT
    place,
    segment, plan_tier, industry, region, channel, size,
    exposed,
    outcome,
    count() AS accounts
FROM
(
    SELECT
        segment, plan_tier, industry, region, channel,
        if(company_size IS NULL, -1, round(2 * log2(1 + company_size)) / 2) AS size,
        arrayExists(one -> one.kind = 'guide' AND one.at <= {landmark:Float64}, touches) AS automated,
        arrayExists(one -> one.kind IN ('interview', 'ticket') AND one.at <= {landmark:Float64}, touches) AS personal,
        toUInt8(multiIf(
            {milestone:UInt16} > 0, ifNull(reached[greatest(1, {milestone:UInt16})] <= {landmark:Float64}, 0),
            {exposure:String} = 'automated', automated,
            {exposure:String} = 'personal', personal,
            personal OR channel = 'sales')) AS exposed,
        {landmark:Float64} + {horizon:Float64} AS last,
        arrayFirst(one -> one.kind = 'started', contract) AS start,
        multiIf(
            {exposure:String} = 'personal-over-automated' AND exposed = 0 AND NOT automated, 'neither',
            ifNull(ended <= {landmark:Float64}, 0), 'ended',
            observed < last, 'young',
            {outcome:String} = 'renewal' AND start.kind = 'started' AND start.at <= last AND start.at + 30 * start.months > last, 'long-term',
            'kept') AS place,
        arrayFilter(one -> one.at > {landmark:Float64} AND one.at <= last, contract) AS since,
        multiIf(
            place != 'kept', 0,
            {outcome:String} = 'renewal', toFloat64(arrayExists(one -> one.kind = 'renewed', since)),
            {outcome:String} = 'retention', toFloat64(not arrayExists(one -> one.kind = 'cancelled', since)),
            {outcome:String} = 'expansion', toFloat64(arrayExists(one -> one.kind = 'expanded', since)),
            -- To tens of the currency, so that accounts fall into patterns.
            round(arraySum(one -> if(one.kind IN ('started', 'renewed'), one.amount, 0), since) / 100, -1)) AS outcome
    FROM {{accounts-in-scope}}
)
GROUP BY place, segment, plan_tier, industry, region, channel, size, exposed, outcome
ORDER BY place, segment, plan_tier, industry, region, channel, size, exposed, outcome
