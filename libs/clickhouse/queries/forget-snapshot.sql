DELETE FROM milepost.snapshots WHERE snapshot = {snapshot:UInt64}
