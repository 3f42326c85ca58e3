ALTER TABLE milepost.active_days DELETE WHERE account_id = {account:String} SETTINGS mutations_sync = 2
