INSERT INTO milepost.erasures
SELECT {sequence:UInt64}, {hash:String}, {by:String}, {reason:String}, fromUnixTimestamp64Micro({at:Int64}, 'UTC')
