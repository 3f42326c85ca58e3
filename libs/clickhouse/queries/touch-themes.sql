SELECT one.2 AS touch, one.3 AS theme, uniqExact(account_id) AS accounts, uniqExactIf(account_id, converted) AS converted, avg(one.4) AS sentiment
FROM {{touches-in-scope}}
ARRAY JOIN had AS one
WHERE theme != ''
GROUP BY touch, theme
ORDER BY accounts DESC, touch, theme
LIMIT 50
