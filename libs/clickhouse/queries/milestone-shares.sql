SELECT label, count() AS accounts, {{milestone-kinds}} AS kinds
FROM {{accounts-in-scope}}
GROUP BY label
ORDER BY label
