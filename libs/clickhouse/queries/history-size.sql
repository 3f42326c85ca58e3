-- How much a replay of every account's history would read; an event that is not merged yet may count twice.
SELECT uniqExact(account_id) AS accounts, count() AS events
FROM milepost.events
WHERE occurred_at <= fromUnixTimestamp64Micro({until:Int64}, 'UTC')
