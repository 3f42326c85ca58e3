/** Rows of a bucket, on average: few enough for insertion within the nearest cache. */
const SHARE = 8;
const MOST_MOVES = 16;

/**
 * Sorts finite values in place where values are spread out, in linear time: one pass into buckets by value, then
 * insertion, which moves them little. Crowded or few values go to the engine's own sort, in n log n.
 */
export function ascendingValues(values: Float64Array): Float64Array {
  const size = values.length;
  const [low, high] = rangeOf(values);
  const buckets = Math.ceil(size / SHARE);
  const scale = (buckets - 1) / (high - low);
  if (!(scale > 0 && scale < Infinity)) return values.sort();
  const place = new Uint32Array(buckets + 1);
  for (let i = 0; i < size; i++) place[(((values[i]! - low) * scale) >>> 0) + 1]!++;
  for (let b = 0; b < buckets; b++) place[b + 1]! += place[b]!;
  const sorted = new Float64Array(size);
  for (let i = 0; i < size; i++) sorted[place[((values[i]! - low) * scale) >>> 0]!++] = values[i]!;
  for (let k = 1, moves = MOST_MOVES * size; k < size; k++) {
    const value = sorted[k]!;
    let to = k;
    for (; to > 0 && sorted[to - 1]! > value; to--, moves--) sorted[to] = sorted[to - 1]!;
    sorted[to] = value;
    if (moves < 0) return sorted.sort();
  }
  return sorted;
}

/** The least and the greatest of finite values; of none, infinities the wrong way round. */
export function rangeOf(values: Float64Array): readonly [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}
