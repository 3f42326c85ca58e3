-- Five counts for each milestone, all of the first one first. Of accounts observed for less than its window: 0 without it, 1
-- with it. Of the others: 2 without it, 3 with it too late, 4 with it in time. `windows`: days by segment and milestone;
-- `kinds`: five times the milestones.
countResampleArray(0, {kinds:UInt16}, 1)(arrayMap(
    (at, window, first) -> if(observed < window, at < inf, 2 + (at < inf) + (at <= window)) + first,
    reached_at,
    {windows:Array(Array(Float64))}[transform(segment, {segments:Array(String)}, arrayEnumerate({segments:Array(String)}), 0)],
    range(0, {kinds:UInt16}, 5)))
