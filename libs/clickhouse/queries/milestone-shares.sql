-- By two named dimensions and milestone. `windows`: days by segment and milestone, `places` those of the segments. Rows after
-- (`afterFirst`, `afterSecond`) in the order of the names.
SELECT
    first,
    second,
    arrayMap(one -> one[4] + one[5] + one[6], counts) AS mature,
    arrayMap(one -> one[6], counts) AS reached,
    arrayMap(one -> one[2] + one[3] + one[5] + one[6], counts) AS ever,
    accounts
FROM
(
    SELECT
        first,
        second,
        count() AS accounts,
        -- By milestone: accounts that never reached it, reached it late, reached it in its window; of those observed for
        -- less than the window, then the same of the others.
        countResampleForEach(0, 6, 1)(arrayMap((at, window) -> multiIf(at <= window, 2, at < inf, 1, 0) + 3 * (observed >= window), reached_at, own)) AS counts
    FROM
    (
        SELECT
            {first:Identifier} AS first,
            {second:Identifier} AS second,
            observed,
            reached_at,
            {windows:Array(Array(Float64))}[transform(segment, {segments:Array(String)}, arrayEnumerate({segments:Array(String)}), 0)] AS own
        FROM {{accounts-in-scope}}
    )
    GROUP BY first, second
)
WHERE (first, second) > ({afterFirst:String}, {afterSecond:String}) OR {fromStart:UInt8} = 1
ORDER BY first, second
LIMIT {limit:UInt32}
