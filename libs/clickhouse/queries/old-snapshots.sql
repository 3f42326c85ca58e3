SELECT DISTINCT snapshot
FROM milepost.account_rows
WHERE snapshot < (SELECT min(snapshot) FROM (SELECT DISTINCT snapshot FROM milepost.account_rows ORDER BY snapshot DESC LIMIT {kept:UInt32}))
  AND snapshot < {before:UInt64}
