const DIGIT = 16;
const BUCKETS = 1 << DIGIT;
/** Below this the tables of a radix sort cost more than comparisons. */
const FEW = 4096;

/** So many moves a row mean that values crowd into few buckets: their digits then sort them. */
const MOST_MOVES = 8;
/** Rows go first into buckets this much wider, so that the second pass stays within the processor's cache. */
const FINE = 1024;

/**
 * Row numbers in ascending order of finite values; equal ones keep their order. Many rows go into as many buckets by
 * value, each sorted by insertion, in linear time for values that are spread out or tied; else by the digits of their
 * bits, in linear time too: comparisons through a callback would be most of Kaplan–Meier's time.
 */
export function ascendingOrder(values: Float64Array): Uint32Array {
  if (values.length < FEW) {
    const order = new Uint32Array(values.length);
    for (let i = 0; i < order.length; i++) order[i] = i;
    return order.sort((a, b) => values[a]! - values[b]!);
  }
  return byBuckets(values) ?? byDigits(values);
}

function byBuckets(values: Float64Array): Uint32Array | null {
  const rows = values.length;
  const [low, high] = rangeOf(values);
  const scale = (rows - 1) / (high - low);
  if (!(scale > 0 && scale < Infinity)) return null;
  const rowNumbers = new Uint32Array(rows);
  for (let i = 0; i < rows; i++) rowNumbers[i] = i;
  const coarse = distributeByValue({ sorted: values, order: rowNumbers }, low, scale / FINE, Math.ceil(rows / FINE));
  const { sorted, order } = distributeByValue(coarse, low, scale, rows);
  // Rows are in order but within buckets, so that insertion moves them little.
  for (let k = 1, moves = MOST_MOVES * rows; k < rows; k++) {
    const [value, row] = [sorted[k]!, order[k]!];
    let to = k;
    for (; to > 0 && sorted[to - 1]! > value; to--, moves--) {
      sorted[to] = sorted[to - 1]!;
      order[to] = order[to - 1]!;
    }
    if (moves < 0) return null;
    sorted[to] = value;
    order[to] = row;
  }
  return order;
}

interface Distributed {
  readonly sorted: Float64Array;
  readonly order: Uint32Array;
}

/** One stable pass into buckets of equal width. */
function distributeByValue(from: Distributed, low: number, scale: number, buckets: number): Distributed {
  const rows = from.sorted.length;
  const place = new Uint32Array(buckets + 1);
  for (let k = 0; k < rows; k++) place[(((from.sorted[k]! - low) * scale) >>> 0) + 1]!++;
  for (let b = 0; b < buckets; b++) place[b + 1]! += place[b]!;
  const [sorted, order] = [new Float64Array(rows), new Uint32Array(rows)];
  for (let k = 0; k < rows; k++) {
    const value = from.sorted[k]!;
    const to = place[((value - low) * scale) >>> 0]!++;
    sorted[to] = value;
    order[to] = from.order[k]!;
  }
  return { sorted, order };
}

function byDigits(values: Float64Array): Uint32Array {
  const { high, low } = sortableBits(values);
  let from = new Uint32Array(values.length);
  for (let i = 0; i < from.length; i++) from[i] = i;
  let to = new Uint32Array(values.length);
  for (const [word, shift] of [
    [low, 0],
    [low, DIGIT],
    [high, 0],
    [high, DIGIT],
  ] as const) {
    // prettier-ignore
    if (!distribute(word, shift, from, to)) continue;
    [from, to] = [to, from];
  }
  return from;
}

/** Two unsigned halves of each number that order as it does (little-endian machines, as all that run Node are). */
function sortableBits(values: Float64Array): { high: Uint32Array; low: Uint32Array } {
  const high = new Uint32Array(values.length);
  const low = new Uint32Array(values.length);
  const number = new Float64Array(1);
  const halves = new Uint32Array(number.buffer);
  for (let i = 0; i < values.length; i++) {
    number[0] = values[i]! + 0;
    const sign = halves[1]! >>> 31;
    high[i] = sign ? ~halves[1]! : halves[1]! | 0x80000000;
    low[i] = sign ? ~halves[0]! : halves[0]!;
  }
  return { high, low };
}

/** One stable pass over a digit; false if all rows share it, so that nothing was moved. */
function distribute(word: Uint32Array, shift: number, from: Uint32Array, to: Uint32Array): boolean {
  const place = new Uint32Array(BUCKETS);
  for (let i = 0; i < word.length; i++) place[(word[i]! >>> shift) & (BUCKETS - 1)]!++;
  if (place[(word[0]! >>> shift) & (BUCKETS - 1)] === word.length) return false;
  for (let digit = 0, total = 0; digit < BUCKETS; digit++) {
    const count = place[digit]!;
    place[digit] = total;
    total += count;
  }
  for (let i = 0; i < from.length; i++) to[place[(word[from[i]!]! >>> shift) & (BUCKETS - 1)]!++] = from[i]!;
  return true;
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
