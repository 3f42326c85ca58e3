-- By segment and kind of onboarding up to the landmark: how many were observed for the horizon after it, and how many
-- of them had the outcome. Personal: an interview, a ticket, or the channel `sales`; automated: a guide completed.
SELECT
    segment,
    multiIf(personal AND automated, 'both', personal, 'personal', automated, 'automated', 'neither') AS kind,
    count() AS accounts,
    countIf(observed >= last AND NOT is_long) AS mature,
    countIf(observed >= last AND is_long) AS longTerm,
    countIf(observed >= last AND NOT is_long AND outcome) AS events
FROM
(
    SELECT
        segment,
        observed,
        {landmark:Float64} + {horizon:Float64} AS last,
        channel = 'sales' OR first_talk <= {landmark:Float64} AS personal,
        first_guide <= {landmark:Float64} AS automated,
        {outcome:String} = 'renewal' AND started <= last AND NOT {{a-term-ends-in-horizon}} AS is_long,
        multiIf(
            {outcome:String} = 'renewal', arrayExists(at -> at > {landmark:Float64} AND at <= last, renewals),
            {outcome:String} = 'expansion', arrayExists(at -> at > {landmark:Float64} AND at <= last, expansions),
            not arrayExists(at -> at > {landmark:Float64} AND at <= last, cancellations)) AS outcome
    FROM {{accounts-in-scope}}
    WHERE ended_at > {landmark:Float64}
)
GROUP BY segment, kind
ORDER BY segment, kind
