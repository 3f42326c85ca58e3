(
    -- The outcome is the first of a kind in the contract. Cause 1: it came; 2: the account left
    -- before; 0: not known of any longer. `until` is when the first of these was.
    SELECT
        *, stop, reached_at,
        multiIf({kind:String} = 'cancelled', ended_at, {kind:String} = 'started', started, expanded) AS happened,
        multiIf(happened <= stop, 1, ended_at <= observed, 2, 0) AS cause,
        least(happened, stop) AS until
    FROM {{accounts-in-scope}}
)
