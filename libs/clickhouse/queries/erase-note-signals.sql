INSERT INTO milepost.erased_rows
SELECT 'signals', signal, topic_partition, 0, journey_offset, topic_offset, {sequence:UInt64}
FROM milepost.signals
WHERE account_id = {account:String} AND signal = {signal:String}
