SELECT count() AS accounts
FROM {{accounts-in-scope}}
