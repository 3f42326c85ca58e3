-- The first account of every so many, in the order of the tables' keys: where the parts of a snapshot begin.
SELECT account_id AS first
FROM
(
    SELECT account_id, row_number() OVER (ORDER BY account_id) AS place
    FROM (SELECT DISTINCT account_id FROM milepost.account_states)
)
WHERE place % {accounts:UInt32} = 1 OR {accounts:UInt32} = 1
ORDER BY first
