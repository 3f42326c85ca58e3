-- What milestone-shares.sql counts, in the groups of explore.sql.
SELECT {first:Identifier} AS first, {second:Identifier} AS second, {{milestone-kinds}} AS kinds
FROM {{accounts-in-scope}}
GROUP BY first, second
HAVING (first, second) > ({afterFirst:String}, {afterSecond:String}) OR {fromStart:UInt8} = 1
ORDER BY first, second
LIMIT {limit:UInt32}
