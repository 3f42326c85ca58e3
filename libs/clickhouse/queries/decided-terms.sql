-- Every term that was decided, of one in `every` accounts. Known a week before, so foretold in the same week or the one
-- before: `begun` is that of the decision.
SELECT
    account_id AS account, week, week AS begun, segment, size, term, idle, active, milestones,
    toUInt8(decision = 1) AS came, term_months AS length
FROM {{terms-in-scope}}
WHERE decision < 2 AND cityHash64(account_id) % {every:UInt32} = 0
ORDER BY account_id, week, term
