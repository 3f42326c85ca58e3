-- How many accounts signed up more than a day before the first known day of use, and before that of contracts. NULL where
-- nothing of the kind is known: then nobody did.
SELECT
    countIf(signed_up_at < toDateTime64({use:Nullable(Date)}, 6, 'UTC') - INTERVAL 1 DAY) AS beforeUse,
    countIf(signed_up_at < toDateTime64({contract:Nullable(Date)}, 6, 'UTC')) AS beforeContracts
FROM milepost.account_rows
WHERE snapshot = {snapshot:UInt64}
