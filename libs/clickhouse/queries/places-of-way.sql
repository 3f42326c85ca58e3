arrayMap(state -> bitAnd(state, 32767), reinterpret(way, 'Array(UInt16)'))
