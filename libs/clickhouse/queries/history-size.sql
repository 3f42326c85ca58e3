-- How much a replay of every account's history would read, an event that is not merged yet counting twice, and how far
-- the account reaches that is known the least far.
SELECT
    count() AS accounts,
    (SELECT count() FROM milepost.events) AS events,
    toUnixTimestamp64Micro(min(until)) AS asOf
FROM {{history-reach}}
