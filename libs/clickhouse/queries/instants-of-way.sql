arrayCumSum(state -> state < 32768, reinterpret(way, 'Array(UInt16)'))
