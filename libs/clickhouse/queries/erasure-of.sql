-- The newest erasure of an account, of which only the hash is kept.
SELECT sequence, requested_by, reason, requested_at
FROM milepost.erasures FINAL
WHERE account_hash = {hash:String}
ORDER BY sequence DESC
LIMIT 1
