-- The facts of one partition in the order of the journey, which is that of onboarding.events too.
SELECT
    account_id, type, source, event_id, outcome, user_id, product_line, plan_tier, company_size, industry, region,
    acquisition_channel, properties, plan_version, source_offset, journey_offset,
    toUnixTimestamp64Micro(occurred_at) AS occurred,
    toUnixTimestamp64Micro(received_at) AS received,
    changes
FROM
(
    SELECT *
    FROM milepost.events FINAL
    WHERE source_partition = {partition:UInt16}
      AND source_offset < {source:UInt64}
      AND journey_offset < {journey:UInt64}
) AS facts
LEFT JOIN
(
    SELECT
        journey_offset,
        journey_index,
        arraySort(one -> one.1, groupArray((
            change_index, milestone, toUnixTimestamp64Micro(reached_at), toUnixTimestamp64Micro(previous)
        ))) AS changes
    FROM milepost.milestones FINAL
    WHERE source_partition = {partition:UInt16} AND journey_offset < {journey:UInt64}
    GROUP BY journey_offset, journey_index
) AS changed USING (journey_offset, journey_index)
ORDER BY journey_offset, journey_index
