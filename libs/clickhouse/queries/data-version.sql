SELECT arrayStringConcat(arraySort(groupArray(concat(table, ':', toString(block)))), ',') AS version
FROM
(
    SELECT table, max(max_block_number) AS block
    FROM system.parts
    WHERE active AND database = 'milepost' AND table IN ('events', 'milestones', 'stream_time', 'signals', 'rejected')
    GROUP BY table
)
