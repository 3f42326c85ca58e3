SELECT
    arraySort(groupUniqArray(channel)) AS channel,
    arraySort(groupUniqArray(industry)) AS industry,
    arraySort(groupUniqArray(region)) AS region,
    arraySort(groupUniqArray(plan_tier)) AS planTier,
    arraySort(groupUniqArray(product_line)) AS productLine
FROM milepost.account_rows
WHERE snapshot = {snapshot:UInt64}
