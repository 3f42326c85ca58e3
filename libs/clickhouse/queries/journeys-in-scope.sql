(
    -- Of the accounts observed for so long: the states that they came to in that time, in order; those at one instant in
    -- the order of the plan. Milestones, then subscribed, renewed and expanded for the first time; a path ends as cancelled
    -- or still-there. What an account came to after its cancellation stands before that end, so that every state is
    -- counted where the funnel counts it.
    SELECT
        arrayConcat(
            ['signup'],
            arrayMap(place -> arrayConcat({milestones:Array(String)}, ['subscribed', 'renewed', 'expanded'])[place], places),
            [one.1]) AS path,
        one.2 AS accounts
    FROM
    (
        SELECT {{places-of-way}} AS places, [('cancelled', ended), ('still-there', there)] AS ends
        FROM
        (
            SELECT
                {{way-within}} AS way,
                countIf(ended_at <= {within:Float64}) AS ended,
                countIf(ended_at > {within:Float64}) AS there
            FROM {{accounts-in-scope}}
            WHERE observed >= {within:Float64}
            GROUP BY way
        )
    )
    ARRAY JOIN ends AS one
    WHERE accounts > 0
)
