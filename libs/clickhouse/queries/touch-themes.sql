SELECT one.touch AS touch, one.theme AS theme, countIf(one.is_first) AS accounts, countIf(one.is_first AND converted) AS converted, avg(one.sentiment) AS sentiment
FROM {{touches-in-scope}}
ARRAY JOIN mentions AS one
WHERE one.at <= last
GROUP BY touch, theme
ORDER BY accounts DESC, touch, theme
LIMIT 50
