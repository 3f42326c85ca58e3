(
    -- The outcome is the first of a kind in the contract. Cause 1: it came; 2: the account left before; 0: not known of
    -- any longer. `until` is when the first of these was.
    SELECT
        *,
        if({kind:String} = 'cancelled', ended, if(arrayExists(one -> one.kind = {kind:String}, contract), arrayFirst(one -> one.kind = {kind:String}, contract).at, NULL)) AS happened,
        multiIf(happened <= stop, 1, ended <= observed, 2, 0) AS cause,
        if(cause = 1, assumeNotNull(happened), stop) AS until
    FROM {{accounts-in-scope}}
)
