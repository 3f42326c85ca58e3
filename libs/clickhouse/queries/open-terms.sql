SELECT
    account_id AS account, segment, size, term, idle, active, milestones,
    log2(1 + paid / {days:Float64}) AS months, before,
    if(term_months = 0, NULL, begins + 30 * term_months - known) AS due, running AS amount, currency, term_months AS length
FROM {{terms-in-scope}}
WHERE decision = 2 AND account_id > {after:String}
ORDER BY account_id
LIMIT {limit:UInt32}
