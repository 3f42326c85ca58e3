/** Fewer than this the engine's own sort puts in order as quickly. */
const FEW = 2048;
/** Values of a bucket, on average: they and their finer buckets lie in the processor's nearest cache. */
const COARSE = 1024;
/** So many in one bucket mean that values crowd: the engine's sort takes them, in n log n. */
const CROWDED = 16 * COARSE;

/**
 * Finite values in ascending order of their magnitudes, as a copy; those of equal ones in any order. A sign moves along,
 * and can say something of the row: row numbers would be looked up all over the memory, which would be most of
 * Kaplan–Meier's time. `low` and `high` are the least magnitude and the greatest. Linear time where magnitudes are spread
 * out, else n log n.
 */
export function ascendingMagnitudes(values: Float64Array, low: number, high: number): Float64Array {
  const size = values.length;
  const buckets = Math.ceil(size / COARSE);
  const scale = (buckets - 1) / (high - low);
  if (size < FEW || !(scale > 0 && scale < Infinity)) return byEngine(values.slice());
  const end = new Uint32Array(buckets + 1);
  for (let i = 0; i < size; i++) end[(((Math.abs(values[i]!) - low) * scale) | 0) + 1]!++;
  for (let b = 0; b < buckets; b++) end[b + 1]! += end[b]!;
  const sorted = new Float64Array(size);
  for (let i = 0; i < size; i++) sorted[end[((Math.abs(values[i]!) - low) * scale) | 0]!++] = values[i]!;
  const room = { values: new Float64Array(CROWDED), end: new Uint32Array(CROWDED + 1) };
  for (let b = 0, from = 0; b < buckets; from = end[b++]!) {
    if (end[b]! - from > CROWDED) byEngine(sorted.subarray(from, end[b]!));
    else sortBucket(sorted, from, end[b]!, low + b / scale, scale, room);
  }
  return sorted;
}

/** In place. Without a comparison of ours, which would take most of the time: first by signs, then merged. */
function byEngine(values: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  // -0 sorts before 0, so the magnitudes fall to the last negative one and rise from there.
  let above = 0;
  while (above < sorted.length && (sorted[above]! < 0 || Object.is(sorted[above], -0))) above++;
  for (let k = 0, below = above - 1; k < values.length; k++) {
    const takesBelow = above === values.length || (below >= 0 && -sorted[below]! <= sorted[above]!);
    values[k] = takesBelow ? sorted[below--]! : sorted[above++]!;
  }
  return values;
}

interface Room {
  readonly values: Float64Array;
  readonly end: Uint32Array;
}

/**
 * A bucket that begins at `base` and is 1/`scale` wide: into as many finer ones as it has values, then by insertion, which
 * moves them little.
 */
function sortBucket(sorted: Float64Array, from: number, to: number, base: number, scale: number, room: Room): void {
  const size = to - from;
  const fine = scale * size;
  const { values, end } = room;
  end.fill(0, 0, size + 1);
  for (let k = from; k < to; k++) end[placeOf(sorted[k]!, base, fine, size) + 1]!++;
  for (let p = 0; p < size; p++) end[p + 1]! += end[p]!;
  for (let k = from; k < to; k++) values[end[placeOf(sorted[k]!, base, fine, size)]!++] = sorted[k]!;
  for (let k = 0; k < size; k++) {
    const value = values[k]!;
    const magnitude = Math.abs(value);
    let at = from + k;
    for (; at > from && Math.abs(sorted[at - 1]!) > magnitude; at--) sorted[at] = sorted[at - 1]!;
    sorted[at] = value;
  }
}

/** Rounding may put a value just outside of its bucket. */
function placeOf(value: number, base: number, scale: number, places: number): number {
  const place = ((Math.abs(value) - base) * scale) | 0;
  return place < 0 ? 0 : place >= places ? places - 1 : place;
}
