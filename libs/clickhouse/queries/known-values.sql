SELECT
    arraySort(groupUniqArray(channel)) AS channel,
    arraySort(groupUniqArray(industry)) AS industry,
    arraySort(groupUniqArray(region)) AS region,
    arraySort(groupUniqArray(plan_tier)) AS planTier,
    arraySort(groupUniqArray(product_line)) AS productLine,
    arraySort(groupUniqArrayIf(currency, currency NOT IN ('', 'several'))) AS currency
FROM milepost.account_rows
WHERE snapshot = {snapshot:UInt64}
