INSERT INTO milepost.erasure_steps (sequence, topic, source_partition, source_offset, topic_offset)
SELECT {sequence:UInt64}, {topic:String}, {partition:UInt16}, {source:UInt64}, {offset:UInt64}
