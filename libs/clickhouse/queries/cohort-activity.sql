-- By period since signup: who had a succeeded core action in it, of those observed to its end. Accounts are counted by
-- which periods they were seen in whole and active in, then counted by period.
SELECT name AS label, period, accounts, arraySum(arraySlice(seen, period + 1)) AS mature, active[period + 1] AS active
FROM
(
    SELECT
        name,
        sum(alike) AS accounts,
        -- By the number of periods that accounts were seen in, from 1; by period that they were active in, from 0.
        sumResample(0, {periods:UInt16}, 1)(alike, toInt16(bits[-1]) - 1) AS seen,
        sumResampleArray(0, {periods:UInt16}, 1)(arrayMap(bit -> alike, arrayPopBack(bits)), arrayPopBack(bits)) AS active
    FROM
    (
        SELECT name, alike, bitPositionsToArray(code) AS bits
        FROM
        (
            SELECT any(label) AS name, code, count() AS alike
            FROM
            (
                SELECT
                    label,
                    toUInt8(least({periods:UInt16}, floor(greatest(0, observed) / {width:UInt16}))) AS whole,
                    -- A bit for each period that it was active in, and above them one for how many it was seen in.
                    bitAnd(if({width:UInt16} = 7, active_weeks, active_months), bitShiftLeft(toUInt64(1), whole) - 1) + bitShiftLeft(toUInt64(1), whole) AS code
                FROM {{accounts-in-scope}}
            )
            -- Keys that are numbers alone are grouped faster; 64 bits tell any number of labels apart.
            GROUP BY cityHash64(label), code
        )
    )
    GROUP BY name
)
ARRAY JOIN range({periods:UInt16}) AS period
ORDER BY name, period
