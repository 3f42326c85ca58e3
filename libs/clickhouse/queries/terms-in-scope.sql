(
    SELECT
        account_id, segment, size, currency,
        toUInt8(least(term, 12)) AS term,
        one.begins AS begins, one.months AS term_months, one.amount AS amount, one.decision AS decision, one.known AS known,
        one.idle AS idle, one.active AS active, one.milestones AS milestones, one.week AS week,
        -- What it pays by now: a term may have grown or shrunk since it began.
        arrayLast(entry -> entry.kind != 'cancelled' AND entry.at <= stop, contract).amount AS running,
        one.known - started AS paid,
        arrayCount(at -> at <= one.known, expansions) AS before
    FROM {{accounts-in-scope}}
    ARRAY JOIN terms AS one, arrayEnumerate(terms) AS term
)
