SELECT occurred_at, type, outcome, source, event_id
FROM milepost.events FINAL
WHERE account_id = {account:String}
ORDER BY occurred_at DESC, source DESC, event_id DESC
LIMIT {limit:UInt32}
