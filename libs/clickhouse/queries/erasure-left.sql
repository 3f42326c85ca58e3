-- Rows of an account, wherever it has any.
SELECT name, rows
FROM
(
    SELECT 'events' AS name, count() AS rows FROM milepost.events WHERE account_id = {account:String}
    UNION ALL SELECT 'milestones', count() FROM milepost.milestones WHERE account_id = {account:String}
    UNION ALL SELECT 'signals', count() FROM milepost.signals WHERE account_id = {account:String}
    UNION ALL SELECT 'rejected', count() FROM milepost.rejected WHERE record_key = {account:String}
    UNION ALL SELECT 'account_states', count() FROM milepost.account_states WHERE account_id = {account:String}
    UNION ALL SELECT 'moments', count() FROM milepost.moments WHERE account_id = {account:String}
    UNION ALL SELECT 'active_days', count() FROM milepost.active_days WHERE account_id = {account:String}
    UNION ALL SELECT 'account_rows', count() FROM milepost.account_rows WHERE account_id = {account:String}
)
WHERE rows > 0
