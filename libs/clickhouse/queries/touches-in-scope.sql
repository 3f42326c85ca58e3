(
    -- Of the accounts observed for so long: how each came, then its guides and what was heard of it, up to the outcome
    -- (or to the end of the time). The same touch again and again is one at its latest; the newest ten count.
    SELECT
        account_id,
        arrayFirst(one -> one.kind = {kind:String}, contract) AS hit,
        hit.kind = {kind:String} AND hit.at <= {within:Float64} AS converted,
        if(converted, hit.at, {within:Float64}) AS last,
        arrayConcat([(toFloat64(0), concat('channel:', channel), '', CAST(NULL, 'Nullable(Float64)'))], arrayFilter(one -> one.1 >= 0 AND one.1 <= last, arrayMap(one -> (one.at, toString(one.kind), toString(one.theme), one.sentiment), touches))) AS had,
        arraySlice(arrayFilter((one, place) -> one.2 != had[place + 1].2, had, arrayEnumerate(had)), -10) AS kept
    FROM {{accounts-in-scope}}
    WHERE observed >= {within:Float64}
)
