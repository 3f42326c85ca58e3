-- Events accepted again under one (source, id) while the account still knew them: its newest receipt so far less the
-- plan's window (microseconds) does not lie past the receipt of the time before.
WITH
    {source:Array(UInt64)} AS cuts,
    repeated AS
    (
        SELECT source_partition, account_id
        FROM milepost.events
        WHERE source_offset < cuts[source_partition + 1]
        GROUP BY source_partition, account_id, source, event_id
        HAVING count() > 1
    )
SELECT partition, count() AS doubled
FROM
(
    SELECT
        source_partition AS partition,
        toUnixTimestamp64Micro(max(received_at) OVER receipts) - toInt64({window:UInt64}) AS known_from,
        toUnixTimestamp64Micro(lagInFrame(received_at) OVER repeats) AS before,
        row_number() OVER repeats AS time
    FROM milepost.events
    WHERE source_offset < cuts[source_partition + 1] AND (source_partition, account_id) IN (SELECT * FROM repeated)
    WINDOW
        receipts AS (PARTITION BY source_partition, account_id ORDER BY source_offset ROWS UNBOUNDED PRECEDING),
        repeats AS (PARTITION BY source_partition, account_id, source, event_id ORDER BY source_offset)
)
WHERE time > 1 AND known_from <= before
GROUP BY partition
ORDER BY partition
