-- In what accounts of the scope are billed; `several` for those billed in more than one.
SELECT arraySort(groupUniqArray(currency)) AS currencies
FROM {{accounts-in-scope}}
WHERE currency != ''
