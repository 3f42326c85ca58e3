ALTER TABLE milepost.account_rows DROP PARTITION {snapshot:UInt64}
