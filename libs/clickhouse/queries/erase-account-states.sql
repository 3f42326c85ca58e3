ALTER TABLE milepost.account_states DELETE WHERE account_id = {account:String} SETTINGS mutations_sync = 2
