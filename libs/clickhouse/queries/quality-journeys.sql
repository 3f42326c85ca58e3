SELECT
    count() AS accounts,
    countIf(created_at IS NULL) AS withoutStart
FROM milepost.account_states FINAL
