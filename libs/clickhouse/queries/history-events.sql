-- Every accepted event, account by account, in event-time order: the order of the table, so nothing has to be sorted
-- but what happened at one instant. `observed`: how far its account is known, stream time of the account's partition.
SELECT
    account_id, type, source, event_id, outcome, user_id, product_line, plan_tier, company_size, industry, region,
    acquisition_channel, properties,
    toUnixTimestamp64Micro(occurred_at) AS occurred,
    toUnixTimestamp64Micro(reach.until) AS observed
FROM milepost.events FINAL
LEFT JOIN {{history-reach}} AS reach ON reach.account_id = events.account_id
ORDER BY account_id, occurred_at, source, event_id
