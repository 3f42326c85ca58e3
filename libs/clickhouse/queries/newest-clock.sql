-- The newest stream time that has come to the warehouse; NULL where nothing came of late. Asked often, so it reads the parts
-- that are small, and not those that merges have made large: what they hold is older.
SELECT toUnixTimestamp64Micro(maxOrNull(clock)) AS newest
FROM milepost.stream_time
WHERE _part IN
(
    SELECT name
    FROM system.parts
    WHERE active AND database = 'milepost' AND table = 'stream_time' AND rows < 1000000
)
