-- Whether a term of the account could be renewed between the landmark and `last`: it was, or would have ended then. One
-- whose length is not known may.
arrayExists(
    due -> due > {landmark:Float64} AND due <= last,
    arrayMap(one -> multiIf(one.months = 0, last, one.decision = 0, one.decided, one.begins + 30 * one.months), terms))
