SELECT signal, trigger, status, at, live, severity, toJSONString(reasons) AS reasons, toJSONString(ended) AS ended, resolution
FROM milepost.signals FINAL
WHERE account_id = {account:String}
ORDER BY topic_offset DESC
LIMIT {limit:UInt32}
