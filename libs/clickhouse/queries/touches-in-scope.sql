(
    -- Of the accounts observed for so long: their touches up to the outcome, or to the end of the time. `ages` are those
    -- before the outcome, whenever it came.
    SELECT
        touch_names, touch_begins, mentions,
        multiIf({kind:String} = 'started', started, {kind:String} = 'renewed', renewed, expanded) AS hit,
        touch_ages[multiIf({kind:String} = 'started', 1, {kind:String} = 'renewed', 2, 3)] AS ages,
        toUInt8(hit <= {within:Float64}) AS converted,
        least(hit, {within:Float64}) AS last
    FROM {{accounts-in-scope}}
    WHERE observed >= {within:Float64}
)
