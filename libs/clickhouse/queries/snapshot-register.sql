INSERT INTO milepost.snapshots (snapshot, as_of, plan_version, accounts, form)
SELECT
    {snapshot:UInt64},
    min(signed_up_at + toIntervalMicrosecond(toInt64(observed * 86400000000))),
    {plan:String},
    count(),
    {form:UInt16}
FROM milepost.account_rows
WHERE snapshot = {snapshot:UInt64}
