-- By milestone in the order of the plan. `windows`: days by segment and milestone.
SELECT label, accounts, {{shares-of-kinds}}
FROM
(
    SELECT
        label,
        count() AS accounts,
        {{milestone-kinds}} AS kinds
    FROM {{accounts-in-scope}}
    GROUP BY label
)
ORDER BY label
