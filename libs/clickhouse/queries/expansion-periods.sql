-- Every contract in stretches of equal length from its first start on, as many as were observed whole: did the account
-- expand in it, by what was known at its begin? An account that left in one did not expand there any more: leaving
-- competes, and nobody is censored. Of one in `every` accounts.
SELECT
    account_id AS account,
    segment,
    size,
    log2(1 + period) AS months,
    least(30, if(notEmpty(active_days) AND active_days[1] <= begins, greatest(0, floor(begins - arrayLast(day -> day <= begins, active_days))), begins)) AS idle,
    arrayCount(day -> day > begins - 14 AND day <= begins, active_days) AS active,
    arrayCount(at -> at <= begins, reached_at) AS milestones,
    arrayCount(at -> at <= begins, expansions) AS before,
    toUInt8(arrayExists(at -> at > begins AND at <= least(begins + {days:Float64}, ended_at), expansions)) AS came,
    intDiv(toUnixTimestamp(signed_up_at) + toInt64(begins * 86400), 604800) AS begun,
    intDiv(toUnixTimestamp(signed_up_at) + toInt64((begins + {days:Float64}) * 86400), 604800) AS week
FROM
(
    SELECT *, period, started + period * {days:Float64} AS begins
    FROM {{accounts-in-scope}}
    ARRAY JOIN range(if(started < observed, toUInt32(floor((observed - started) / {days:Float64})), 0)) AS period
    WHERE cityHash64(account_id) % {every:UInt32} = 0
)
WHERE begins < ended_at
ORDER BY account_id, period
