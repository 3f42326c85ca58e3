-- By two named dimensions: all named measures but those of milestones, as counts, or as a sum with its squares. Rows after
-- (`afterFirst`, `afterSecond`) in the order of the names.
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
    countIf(observed >= 90 AND NOT is_long) AS due90,
    countIf(observed >= 90 AND NOT is_long AND renewed <= 90) AS renewed90,
    countIf(observed >= 90 AND expanded <= 90) AS expanded90,
    sumIf(billed_90, observed >= 90) AS billed90,
    sumIf(billed_90 * billed_90, observed >= 90) AS billedSquares90
FROM
(
    SELECT
        *,
        {first:Identifier} AS first,
        {second:Identifier} AS second,
        observed >= 7 AS isFull,
        started <= 90 AND started + 30 * first_months > 90 AS is_long,
        ifNull(last_active > observed - 7, 0) AS is_recent,
        started, first_months, renewed, expanded, cancelled, ended_at, billed_90
    FROM {{accounts-in-scope}}
)
GROUP BY first, second
HAVING (first, second) > ({afterFirst:String}, {afterSecond:String}) OR {fromStart:UInt8} = 1
ORDER BY first, second
LIMIT {limit:UInt32}
