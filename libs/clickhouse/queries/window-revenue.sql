-- What the contract brings from the landmark to `last`, in the currency's units. An amount is that of a whole term and
-- comes evenly over its days, 30 a month, until the next entry or the term's end; one that changes the level runs to the
-- end of the term it falls into, for its own months where there is none. Without months it comes whole at its time.
arraySum(
    (at, kind, amount, months, next, end) -> amount * (kind IN ('started', 'renewed', 'expanded', 'contracted')) * if(
        months = 0,
        at > {landmark:Float64} AND at <= last,
        greatest(0, least(next, if(end > at, end, at + 30 * months), last) - greatest(at, {landmark:Float64})) / (30 * months)),
    contract.at,
    contract.kind,
    contract.amount,
    contract.months,
    arrayShiftLeft(contract.at, 1, inf),
    arrayFill(
        (end, kind) -> kind IN ('started', 'renewed'),
        arrayMap((at, kind, months) -> if(kind IN ('started', 'renewed'), at + 30 * months, -inf), contract.at, contract.kind, contract.months),
        contract.kind)
) / {minor:Float64}
