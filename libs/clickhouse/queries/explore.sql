-- By two named dimensions: all named measures, as counts of counts, or as a sum with its squares. `windows` as in
-- milestone-shares.sql. Rows after (`afterFirst`, `afterSecond`) in the order of the names.
SELECT
    first,
    second,
    count() AS accounts,
    countIf(ended IS NULL OR ended > observed) AS active,
    countIf(isFull AND is_recent) AS activeLately,
    countIf(isFull) AS observedLately,
    countIf(observed >= 30) AS mature30,
    countIf(observed >= 30 AND arrayExists(one -> one.kind = 'started' AND one.at <= 30, contract)) AS subscribed30,
    countIf(observed >= 90) AS mature90,
    countIf(observed >= 90 AND arrayExists(one -> one.kind = 'cancelled' AND one.at <= 90, contract)) AS cancelled90,
    countIf(observed >= 90 AND arrayExists(one -> one.kind = 'renewed' AND one.at <= 90, contract)) AS renewed90,
    countIf(observed >= 90 AND arrayExists(one -> one.kind = 'expanded' AND one.at <= 90, contract)) AS expanded90,
    sumIf(billed, observed >= 90) AS billed90,
    sumIf(billed * billed, observed >= 90) AS billedSquares90,
    sumForEach(arrayMap(window -> toUInt64(observed >= window), own)) AS mature,
    sumForEach(arrayMap((at, window) -> toUInt64(observed >= window AND ifNull(at <= window, 0)), reached, own)) AS reachedInTime
FROM
(
    SELECT
        *,
        toString({first:Identifier}) AS first,
        toString({second:Identifier}) AS second,
        observed >= 7 AS isFull,
        arrayExists(day -> day > observed - 7, active_days) AS is_recent,
        arraySum(one -> if(one.kind IN ('started', 'renewed') AND one.at <= 90, toFloat64(one.amount) / 100, 0), contract) AS billed,
        arrayMap(place -> {windows:Array(Float64)}[(place - 1) * length({segments:Array(String)}) + indexOf({segments:Array(String)}, segment)], arrayEnumerate(reached)) AS own
    FROM {{accounts-in-scope}}
)
WHERE (first, second) > ({afterFirst:String}, {afterSecond:String}) OR {fromStart:UInt8} = 1
GROUP BY first, second
ORDER BY first, second
LIMIT {limit:UInt32}
