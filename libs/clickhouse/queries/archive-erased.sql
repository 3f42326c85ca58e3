-- How many rows were erased below an offset of onboarding.events (`source`) or onboarding.journey (`journey`).
SELECT kind, signal, count() AS rows
FROM milepost.erased_rows FINAL
WHERE source_partition = {partition:UInt16}
  AND source_offset < {source:UInt64}
  AND journey_offset < {journey:UInt64}
GROUP BY kind, signal
