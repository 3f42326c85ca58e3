(
    -- How far each account is known: to stream time of its partition, or to its own last event where that is later.
    SELECT account_id, greatest(reached, last_at) AS until
    FROM
    (
        SELECT account_id, max(source_partition) AS source_partition, max(last_at) AS last_at
        FROM milepost.account_states
        GROUP BY account_id
    ) AS states
    INNER JOIN
    (
        SELECT source_partition, max(until) AS reached
        FROM
        (
            SELECT source_partition, clock AS until FROM milepost.stream_time
            UNION ALL
            SELECT source_partition, last_received_at AS until FROM milepost.account_states
        )
        GROUP BY source_partition
    ) AS horizons ON horizons.source_partition = states.source_partition
)
