SELECT
    countIf(has_long_term) AS long,
    countIf(started < inf) AS paying
FROM {{accounts-in-scope}}
