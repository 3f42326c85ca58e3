-- By segment and kind of onboarding up to the landmark: how many were observed for the horizon after it, and how many
-- of them had the outcome. Personal: an interview, a ticket, or the channel `sales`; automated: a guide completed.
SELECT
    segment,
    multiIf(personal AND automated, 'both', personal, 'personal', automated, 'automated', 'neither') AS kind,
    count() AS accounts,
    countIf(observed >= last) AS mature,
    countIf(observed >= last AND outcome) AS events
FROM
(
    SELECT
        segment,
        observed,
        {landmark:Float64} + {horizon:Float64} AS last,
        channel = 'sales' OR arrayExists(one -> one.kind IN ('interview', 'ticket') AND one.at <= {landmark:Float64}, touches) AS personal,
        arrayExists(one -> one.kind = 'guide' AND one.at <= {landmark:Float64}, touches) AS automated,
        arrayFilter(one -> one.at > {landmark:Float64} AND one.at <= last, contract) AS since,
        multiIf(
            {outcome:String} = 'renewal', arrayExists(one -> one.kind = 'renewed', since),
            {outcome:String} = 'expansion', arrayExists(one -> one.kind = 'expanded', since),
            not arrayExists(one -> one.kind = 'cancelled', since)) AS outcome
    FROM {{accounts-in-scope}}
    WHERE ended IS NULL OR ended > {landmark:Float64}
)
GROUP BY segment, kind
ORDER BY segment, kind
