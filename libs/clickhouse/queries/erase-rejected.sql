ALTER TABLE milepost.rejected DELETE WHERE record_key = {account:String} AND source_partition = {partition:UInt16} SETTINGS mutations_sync = 2
