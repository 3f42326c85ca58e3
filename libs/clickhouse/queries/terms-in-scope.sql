(
    -- Every term of every contract, with what was known a week before it was decided (or is known now, of the one that
    -- runs). `decision`: 0 renewed, 1 lost, 2 still open.
    SELECT
        account_id,
        segment,
        signed_up_at,
        currency,
        least(term, 12) AS term,
        begins,
        months,
        amount,
        multiIf(next > 0, 0, ifNull(ended <= observed, 0), 1, 2) AS decision,
        multiIf(next > 0, next, decision = 1, assumeNotNull(ended), observed) AS decided,
        if(decision = 2, observed, greatest(begins, decided - 7)) AS known,
        arrayFilter(day -> day <= known, active_days) AS before,
        least(30, if(empty(before), known, greatest(0, floor(known - before[-1])))) AS idle,
        arrayCount(day -> day > known - 14, before) AS active,
        arrayCount(at -> ifNull(at <= known, 0), reached) AS milestones,
        if(company_size IS NULL, -1, round(2 * log2(1 + company_size)) / 2) AS size
    FROM
    (
        SELECT *, arrayFilter(one -> one.kind IN ('started', 'renewed') AND one.at <= stop, contract) AS paid
        FROM {{accounts-in-scope}}
        WHERE notEmpty(paid)
    )
    ARRAY JOIN
        arrayEnumerate(paid) AS term,
        paid.at AS begins,
        paid.months AS months,
        paid.amount AS amount,
        arrayPushBack(arrayPopFront(paid.at), -1) AS next
)
