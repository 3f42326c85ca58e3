-- What an erasure took away, by kind.
SELECT if(kind = 'signals', concat('signals/', signal), kind) AS kind, count() AS rows
FROM milepost.erased_rows FINAL
WHERE sequence = {sequence:UInt64}
GROUP BY kind
ORDER BY kind
