-- Orders that questions count by: of what an account came to, and of its touches. Accounts with the same order are counted
-- first, so that what has to be done with an order is done once and not for every account.
ALTER TABLE milepost.account_rows
    ADD COLUMN IF NOT EXISTS states_at Array(Float64)
    ALIAS arrayMap(at -> greatest(0, at), arrayConcat(reached_at, [started, renewed, expanded]))
    COMMENT 'First times by place: milestones in the order of the plan, then subscribed, renewed, expanded',
    ADD COLUMN IF NOT EXISTS touched Array(Tuple(at Float64, name String))
    ALIAS arrayConcat([(0., concat('channel:', channel))], arrayMap(one -> (one.at, toString(one.kind)), arrayFilter(one -> one.at >= 0, touches)))
    COMMENT 'How it came, then its guides and what was heard of it';

ALTER TABLE milepost.account_rows
    ADD COLUMN IF NOT EXISTS came_at Array(Float64)
    MATERIALIZED arraySort(arrayFilter(at -> at < inf, states_at))
    COMMENT 'When it came to each state for the first time, in order',
    ADD COLUMN IF NOT EXISTS route String
    MATERIALIZED arrayStringConcat(arrayMap(
        (place, at, before) -> char(place % 256, intDiv(place, 256) + if(at = before, 128, 0)),
        arraySlice(arraySort((place, at) -> (at, place), arrayEnumerate(states_at), states_at), 1, length(came_at)),
        came_at,
        arrayShiftRight(came_at, 1, -1.)))
    COMMENT 'Places of these states from 1, two bytes each, the lower first, the highest bit set if it came at the same instant as the one before',
    ADD COLUMN IF NOT EXISTS touch_names Array(LowCardinality(String))
    MATERIALIZED arrayFilter((name, before) -> name != before, tupleElement(touched, 'name'), arrayShiftRight(tupleElement(touched, 'name'), 1, ''))
    COMMENT 'Touches in order, the same again and again as one',
    ADD COLUMN IF NOT EXISTS touch_begins Array(Float64)
    MATERIALIZED arrayFilter((at, name, before) -> name != before, tupleElement(touched, 'at'), tupleElement(touched, 'name'), arrayShiftRight(tupleElement(touched, 'name'), 1, ''))
    COMMENT 'When each came for the first time in a row',
    ADD COLUMN IF NOT EXISTS touch_ends Array(Float64)
    ALIAS arrayFilter((at, name, next) -> name != next, tupleElement(touched, 'at'), tupleElement(touched, 'name'), arrayShiftLeft(tupleElement(touched, 'name'), 1, ''))
    COMMENT 'When each came for the last time in a row',
    ADD COLUMN IF NOT EXISTS mentions Array(Tuple(at Float64, touch LowCardinality(String), theme LowCardinality(String), sentiment Nullable(Float64), is_first UInt8))
    MATERIALIZED arrayMap(
        (one, times) -> (one.at, one.kind, one.theme, one.sentiment, toUInt8(times = 1)),
        arrayFilter(one -> one.at >= 0 AND one.theme != '', touches),
        arrayEnumerateUniq(arrayMap(one -> (one.kind, one.theme), arrayFilter(one -> one.at >= 0 AND one.theme != '', touches))))
    COMMENT 'Touches with a theme, and whether it is the first time that the same touch had it';

ALTER TABLE milepost.account_rows
    ADD COLUMN IF NOT EXISTS touch_ages Array(Array(UInt16))
    MATERIALIZED arrayMap(
        hit -> if(hit = inf, [], arraySlice(arrayMap(
            end -> toUInt16(greatest(0, floor(hit - least(end, arrayMax(arrayFilter(at -> at <= greatest(0, hit), tupleElement(touched, 'at'))))))),
            arraySlice(touch_ends, 1, greatest(1, arrayCount(begin -> begin <= hit, touch_begins)))), -10)),
        [started, renewed, expanded])
    COMMENT 'Before subscribed, renewed and expanded: how many days ago each of the newest ten touches was, at its latest';
