(
    -- How far each account is known: to stream time of its partition, or to its own last event where that is later.
    SELECT account_id, greatest(horizons.until, last_at) AS until
    FROM
    (
        SELECT account_id, max(source_partition) AS source_partition, max(last_at) AS last_at
        FROM milepost.account_states
        GROUP BY account_id
    ) AS states
    INNER JOIN {{partition-horizons}} AS horizons ON horizons.source_partition = states.source_partition
)
