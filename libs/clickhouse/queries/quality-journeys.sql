SELECT
    count() AS accounts,
    countIf(created IS NULL) AS withoutStart,
    countIf(last > ended + INTERVAL 1 DAY) AS afterEnd
FROM
(
    SELECT account_id, min(created_at) AS created, max(last_at) AS last, min(ended_at) AS ended
    FROM milepost.account_states
    GROUP BY account_id
)
