-- What the contract brings from the landmark to `last`, in the currency's units.
arraySum(
    one -> one.daily * greatest(0, least(one.ends, last) - greatest(one.begins, {landmark:Float64})) + one.once * (one.begins > {landmark:Float64} AND one.begins <= last),
    revenue) / {minor:Float64}
