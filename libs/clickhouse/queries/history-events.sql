-- Every accepted event, account by account, in event-time order: the order of the table, so nothing has to be sorted
-- but what happened at one instant.
SELECT
    account_id, type, source, event_id, outcome, user_id, product_line, plan_tier, company_size, industry, region,
    acquisition_channel, properties,
    toUnixTimestamp64Micro(occurred_at) AS occurred
FROM milepost.events FINAL
WHERE occurred_at <= fromUnixTimestamp64Micro({until:Int64}, 'UTC')
ORDER BY account_id, occurred_at, source, event_id
