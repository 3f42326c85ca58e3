(
    -- Stream time by partition: what its clock records say, or its newest record where that is later.
    SELECT source_partition, max(until) AS until
    FROM
    (
        SELECT source_partition, clock AS until FROM milepost.stream_time
        UNION ALL
        SELECT source_partition, last_received_at AS until FROM milepost.account_states
    )
    GROUP BY source_partition
)
