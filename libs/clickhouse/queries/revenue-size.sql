-- What an account that brings anything brings on average in the horizon after the landmark: how large amounts are here.
SELECT avgIf(abs(brought), brought != 0) AS mean
FROM
(
    SELECT
        {landmark:Float64} + {horizon:Float64} AS last,
        {{window-revenue}} AS brought
    FROM {{accounts-in-scope}}
    WHERE ended_at > {landmark:Float64} AND observed >= last
)
