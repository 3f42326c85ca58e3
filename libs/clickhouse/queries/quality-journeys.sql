SELECT
    count() AS accounts,
    countIf(created_at IS NULL) AS withoutStart,
    countIf(last_at > ended_at + INTERVAL 1 DAY) AS afterEnd
FROM milepost.account_states FINAL
