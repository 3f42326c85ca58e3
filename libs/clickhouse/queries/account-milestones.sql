SELECT milestone, reached_at, previous, received_at, event_source, event_id
FROM milepost.milestones FINAL
WHERE account_id = {account:String}
ORDER BY journey_offset, journey_index, change_index
