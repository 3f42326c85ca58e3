-- Where the markers of erasures stood: those in the journey and those in the rejects, of which every partition has one.
SELECT sequence, topic, source_offset, topic_offset
FROM milepost.erasure_steps FINAL
WHERE source_partition = {partition:UInt16} AND topic = {topic:String}
ORDER BY topic_offset
