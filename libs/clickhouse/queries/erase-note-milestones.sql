INSERT INTO milepost.erased_rows
SELECT 'milestones', '', source_partition, 0, journey_offset, journey_index * 65536 + change_index, {sequence:UInt64}
FROM milepost.milestones
WHERE account_id = {account:String}
