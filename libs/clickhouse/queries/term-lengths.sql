SELECT
    countIf(arrayExists(one -> one.kind = 'started' AND one.months > 1, contract)) AS long,
    countIf(arrayExists(one -> one.kind = 'started', contract)) AS paying
FROM {{accounts-in-scope}}
