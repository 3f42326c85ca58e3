-- Whether context is known, and how accounts with all of it fare beside all accounts: means and their spread.
SELECT
    count() AS accounts,
    countIf(plan_tier != 'unknown') AS planTier,
    countIf(company_size IS NOT NULL) AS companySize,
    countIf(industry != 'unknown') AS industry,
    countIf(region != 'unknown') AS region,
    countIf(channel != 'unknown') AS acquisitionChannel,
    countIf(is_full) AS full,
    avg(activity) AS activityAll,
    avgIf(activity, is_full) AS activityFull,
    stddevPop(activity) AS activitySpread,
    avg(milestones) AS milestonesAll,
    avgIf(milestones, is_full) AS milestonesFull,
    stddevPop(milestones) AS milestonesSpread,
    avg(left) AS leftAll,
    avgIf(left, is_full) AS leftFull,
    stddevPop(left) AS leftSpread
FROM
(
    SELECT
        plan_tier, company_size, industry, region, channel,
        plan_tier != 'unknown' AND company_size IS NOT NULL AND industry != 'unknown' AND region != 'unknown' AND channel != 'unknown' AS is_full,
        arrayCount(day -> day < 14, active_days) AS activity,
        arrayCount(at -> at IS NOT NULL, reached) AS milestones,
        ended IS NOT NULL AS left
    FROM milepost.account_rows
    WHERE snapshot = {snapshot:UInt64}
)
