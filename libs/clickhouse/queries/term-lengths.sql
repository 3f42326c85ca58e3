-- Who pays, and for how long at a time; and whether those who never paid are ever told to have left.
SELECT
    countIf(has_long_term) AS long,
    countIf(started < inf) AS paying,
    countIf(started = inf) AS unpaid,
    countIf(started = inf AND ended_at <= observed) AS unpaidLeft
FROM {{accounts-in-scope}}
