-- Accounts still there just after the landmark, with the clock starting there: by what they had reached by then. Those
-- who left, had the outcome, or were last seen at or before it are counted as left out.
SELECT
    segment,
    multiIf(until > {landmark:Float64}, 'kept', cause = 0, 'young', 'ended') AS place,
    toUInt8(reached_at[{milestone:UInt16}] <= {landmark:Float64}) AS has,
    if(place = 'kept', least(if(cause > 0, ceil(until - {landmark:Float64}), floor(until - {landmark:Float64})), {horizon:Float64}), 0) AS day,
    toUInt8(place = 'kept' AND cause = 1 AND until - {landmark:Float64} <= {horizon:Float64}) AS event,
    count() AS accounts
FROM {{outcomes-in-scope}}
GROUP BY segment, place, has, day, event
ORDER BY segment, place, has, day, event
