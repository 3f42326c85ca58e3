SELECT
    arrayMap(one -> one.2, kept) AS channels,
    if(converted, arrayMap(one -> floor(last - one.1), kept), []) AS ages,
    converted,
    count() AS accounts
FROM {{touches-in-scope}}
GROUP BY channels, ages, converted
ORDER BY channels, ages, converted
