ALTER TABLE milepost.moments DELETE WHERE account_id = {account:String} SETTINGS mutations_sync = 2
