ALTER TABLE milepost.signals DELETE WHERE account_id = {account:String} AND signal = {signal:String} SETTINGS mutations_sync = 2
