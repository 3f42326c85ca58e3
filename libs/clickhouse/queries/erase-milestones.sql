ALTER TABLE milepost.milestones DELETE WHERE account_id = {account:String} SETTINGS mutations_sync = 2
