-- Accounts that used the product, or had to do with a contract, more than a day after they left.
SELECT countIf(greatest(ifNull(last_active, -inf), contract.at[-1]) > ended_at + 1) AS afterEnd
FROM milepost.account_rows
WHERE snapshot = {snapshot:UInt64}
