SELECT topic, source_partition AS partition
FROM milepost.erasure_steps
WHERE sequence = {sequence:UInt64}
GROUP BY topic, partition
