-- How many terms were decided, at most, and how many stretches of equal length contracts had: what forecasts may learn from.
SELECT
    toUInt64(sum(length(terms))) AS terms,
    toUInt64(sum(if(started < stop, ceil((stop - started) / {days:Float64}), 0))) AS periods
FROM {{accounts-in-scope}}
