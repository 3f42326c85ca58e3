SELECT snapshot AS id, toUnixTimestamp64Micro(as_of) AS asOf, accounts
FROM milepost.snapshots FINAL
WHERE plan_version = {plan:String} AND form = {form:UInt16}
ORDER BY snapshot DESC
LIMIT 1
