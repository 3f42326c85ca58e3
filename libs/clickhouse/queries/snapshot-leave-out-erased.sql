ALTER TABLE milepost.account_rows
DELETE WHERE snapshot = {snapshot:UInt64} AND lower(hex(SHA256(account_id))) IN (SELECT account_hash FROM milepost.erasures)
SETTINGS mutations_sync = 2
