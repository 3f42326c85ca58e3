-- An account may have been erased more than once.
SELECT uniqExact(account_hash) AS erased
FROM milepost.erasures
