-- Accounts by what is known of them at signup, whether they had the exposure by the landmark, and what came of it in the
-- horizon after: the mean of those whose outcomes are in the same step, so that accounts fall into patterns and no sum is
-- rounded. `place`: kept, or why not.
SELECT
    place,
    segment, plan_tier, industry, region, channel, size,
    exposed,
    -- As decimals, whose sum does not depend on the order in which rows are read.
    avg(toDecimal128(came, 6)) AS outcome,
    count() AS accounts
FROM
(
    SELECT
        segment, plan_tier, industry, region, channel,
        size,
        first_guide <= {landmark:Float64} AS automated,
        first_talk <= {landmark:Float64} AS personal,
        toUInt8(multiIf(
            {milestone:UInt16} > 0, reached_at[greatest(1, {milestone:UInt16})] <= {landmark:Float64},
            {exposure:String} = 'automated', automated,
            {exposure:String} = 'personal', personal,
            personal OR channel = 'sales')) AS exposed,
        {landmark:Float64} + {horizon:Float64} AS last,
        multiIf(
            {exposure:String} = 'personal-over-automated' AND exposed = 0 AND NOT automated, 'neither',
            ended_at <= {landmark:Float64}, 'ended',
            observed < last, 'young',
            {outcome:String} = 'renewal' AND started <= last AND NOT {{a-term-ends-in-horizon}}, 'long-term',
            'kept') AS place,
        multiIf(
            {outcome:String} = 'renewal', toFloat64(arrayExists(at -> at > {landmark:Float64} AND at <= last, renewals)),
            {outcome:String} = 'retention', toFloat64(not arrayExists(at -> at > {landmark:Float64} AND at <= last, cancellations)),
            {outcome:String} = 'expansion', toFloat64(arrayExists(at -> at > {landmark:Float64} AND at <= last, expansions)),
            {{window-revenue}}) AS came
    FROM {{accounts-in-scope}}
)
GROUP BY place, segment, plan_tier, industry, region, channel, size, exposed, if(place = 'kept', ceil(came / {step:Float64}), 0)
ORDER BY place, segment, plan_tier, industry, region, channel, size, exposed, outcome
