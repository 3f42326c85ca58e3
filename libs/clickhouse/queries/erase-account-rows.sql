ALTER TABLE milepost.account_rows DELETE WHERE account_id = {account:String} SETTINGS mutations_sync = 2
