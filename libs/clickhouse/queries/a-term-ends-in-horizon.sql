-- Whether a term of the account could be renewed between the landmark and `last`: it was, or would have ended then. One
-- whose length is not known may: its end is no number, and neither before nor after.
arrayExists(due -> NOT (due <= {landmark:Float64} OR due > last), term_ends)
