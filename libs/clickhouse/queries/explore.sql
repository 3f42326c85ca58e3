-- By two named dimensions: all named measures, as counts of counts, or as a sum with its squares. `windows` as in
-- milestone-shares.sql. Rows after (`afterFirst`, `afterSecond`) in the order of the names.
SELECT
    first,
    second,
    count() AS accounts,
    countIf(ended_at > observed) AS active,
    countIf(isFull AND is_recent) AS activeLately,
    countIf(isFull) AS observedLately,
    countIf(observed >= 30) AS mature30,
    countIf(observed >= 30 AND started <= 30) AS subscribed30,
    countIf(observed >= 90) AS mature90,
    countIf(observed >= 90 AND cancelled <= 90) AS cancelled90,
    countIf(observed >= 90 AND renewed <= 90) AS renewed90,
    countIf(observed >= 90 AND expanded <= 90) AS expanded90,
    sumIf(billed_90, observed >= 90) AS billed90,
    sumIf(billed_90 * billed_90, observed >= 90) AS billedSquares90,
    sumForEach(arrayMap(window -> toUInt64(observed >= window), own)) AS mature,
    sumForEach(arrayMap((at, window) -> toUInt64(observed >= window AND at <= window), reached_at, own)) AS reachedInTime
FROM
(
    SELECT
        *,
        toString({first:Identifier}) AS first,
        toString({second:Identifier}) AS second,
        observed >= 7 AS isFull,
        ifNull(last_active > observed - 7, 0) AS is_recent,
        started, renewed, expanded, cancelled, ended_at, billed_90, reached_at,
        arrayMap(place -> {windows:Array(Float64)}[(place - 1) * length({segments:Array(String)}) + indexOf({segments:Array(String)}, segment)], arrayEnumerate(reached_at)) AS own
    FROM {{accounts-in-scope}}
)
WHERE (first, second) > ({afterFirst:String}, {afterSecond:String}) OR {fromStart:UInt8} = 1
GROUP BY first, second
ORDER BY first, second
LIMIT {limit:UInt32}
