-- Events accepted again under one (source, id) within the plan's window (microseconds) of the time before.
SELECT partition, sum(repeats) AS doubled
FROM
(
    SELECT
        source_partition AS partition,
        arrayCount(
            gap -> gap <= {window:UInt64},
            arrayPopFront(arrayDifference(arraySort(groupArray(toUnixTimestamp64Micro(received_at)))))
        ) AS repeats
    FROM milepost.events
    WHERE source_offset < {source:Array(UInt64)}[source_partition + 1]
    GROUP BY source_partition, account_id, source, event_id
    HAVING count() > 1
)
GROUP BY partition
