-- In one partition alone: its marker says nothing of what the others have still to write.
INSERT INTO milepost.erased_rows
SELECT 'rejected', '', source_partition, source_offset, 0, topic_offset, {sequence:UInt64}
FROM milepost.rejected
WHERE record_key = {account:String} AND source_partition = {partition:UInt16}
