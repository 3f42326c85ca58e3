-- The newest ten touches of a path, the first of which is how the account came.
SELECT
    arraySlice(arraySlice(touch_names, 1, greatest(1, came)), -10) AS channels,
    if(converted, ages, []) AS ages,
    converted,
    sum(alike) AS accounts
FROM
(
    SELECT touch_names, ages, converted, came, count() AS alike
    FROM
    (
        SELECT touch_names, ages, converted, toUInt16(arrayCount(at -> at <= last, touch_begins)) AS came
        FROM {{touches-in-scope}}
    )
    GROUP BY touch_names, ages, converted, came
)
GROUP BY channels, ages, converted
ORDER BY channels, ages, converted
