(
    -- Of the accounts observed for so long: the states that each came to in that time, in order; those at one instant in
    -- the order of the plan. Milestones, then subscribed, renewed and expanded for the first time; it ends as cancelled
    -- or still-there. What an account came to after its cancellation stands before that end, so that every state is
    -- counted where the funnel counts it.
    SELECT
        account_id,
        arrayConcat(reached_at, [started, renewed, expanded]) AS times,
        arraySort(arrayFilter(one -> one.1 >= 0 AND one.1 <= {within:Float64}, arrayZip(times, arrayEnumerate(times)))) AS came,
        arrayMap(one -> arrayConcat({milestones:Array(String)}, ['subscribed', 'renewed', 'expanded'])[one.2], came) AS states,
        arrayConcat(['signup'], states, [if(ended_at <= {within:Float64}, 'cancelled', 'still-there')]) AS path
    FROM {{accounts-in-scope}}
    WHERE observed >= {within:Float64}
)
