arrayMap(first -> kinds[first + 3] + kinds[first + 4] + kinds[first + 5], range(0, {kinds:UInt16}, 5)) AS mature,
    arrayMap(first -> kinds[first + 5], range(0, {kinds:UInt16}, 5)) AS reached,
    arrayMap(first -> kinds[first + 2] + kinds[first + 4] + kinds[first + 5], range(0, {kinds:UInt16}, 5)) AS ever
