arrayMap(k -> bitAnd(reinterpretAsUInt16(substring(way, 2 * k - 1, 2)), 32767), range(1, intDiv(length(way), 2) + 1))
