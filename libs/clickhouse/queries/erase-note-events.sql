INSERT INTO milepost.erased_rows
SELECT 'events', '', source_partition, source_offset, journey_offset, journey_index, {sequence:UInt64}
FROM milepost.events
WHERE account_id = {account:String}
