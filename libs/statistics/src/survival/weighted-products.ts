/**
 * X'WX: sums of the weighted products of each two columns, as a packed lower triangle. Where most values are their
 * column's common one, as in columns of 0 and 1 for levels, only the others cost.
 *
 * @param x row by row, of standardised columns: x[i * size + a]
 * @param common by column, not far from 0; anything gives the same sums
 */
export function weightedProducts(
  x: Float64Array,
  weight: Float64Array,
  size: number,
  common: Float64Array = commonValues(x, size),
): Float64Array {
  return isMostlyCommon(x, size, common) ? productsOfRest(x, weight, size, common) : productsOfAll(x, weight, size);
}

const SAMPLED = 33;
/** Standard deviations: sums about a value far from the mean would lose digits. */
const FARTHEST = 2;
/** Above this share of other values it is faster not to look for them. */
const MOST_OTHERS = 1 / 3;

function commonValues(x: Float64Array, size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, a) => commonValue(x, a, size));
}

/** Of a standardised column: the median of a few values, which is any value that most rows have. */
export function commonValue(x: Float64Array, from = 0, step = 1): number {
  const rows = Math.floor(x.length / step);
  const sorted = sampledRows(rows).map((i) => x[from + i * step]!).sort(); // prettier-ignore
  const median = sorted[(SAMPLED - 1) / 2]!;
  return Math.abs(median) <= FARTHEST ? median : 0;
}

const sampledRows = (rows: number): Float64Array => new Float64Array(SAMPLED).map((_, k) => Math.floor((k * rows) / SAMPLED)); // prettier-ignore

function isMostlyCommon(x: Float64Array, size: number, common: Float64Array): boolean {
  let others = 0;
  for (const i of sampledRows(x.length / size)) {
    for (let a = 0; a < size; a++) if (x[i * size + a] !== common[a]) others++;
  }
  return others < MOST_OTHERS * SAMPLED * size;
}

/** Σ w (x - c)(x - c)', then what the common values c add to it. */
function productsOfRest(x: Float64Array, weight: Float64Array, size: number, common: Float64Array): Float64Array {
  const packed = new Float64Array((size * (size + 1)) / 2);
  const sums = new Float64Array(size);
  const where = new Uint32Array(size);
  const rest = new Float64Array(size);
  let total = 0;
  for (let i = 0; i < weight.length; i++) {
    let others = 0;
    for (let a = 0; a < size; a++) {
      const value = x[i * size + a]! - common[a]!;
      if (value === 0) continue;
      where[others] = a;
      rest[others++] = value;
    }
    total += weight[i]!;
    for (let k = 0; k < others; k++) {
      const a = where[k]!;
      const left = weight[i]! * rest[k]!;
      const row = (a * (a + 1)) / 2;
      sums[a]! += left;
      for (let l = 0; l <= k; l++) packed[row + where[l]!]! += left * rest[l]!;
    }
  }
  for (let a = 0, ab = 0; a < size; a++) {
    const [own, sum] = [common[a]!, sums[a]!];
    for (let b = 0; b <= a; b++) packed[ab++]! += own * sums[b]! + common[b]! * (sum + total * own);
  }
  return packed;
}

/** Four rows at a time, for to read and write a sum takes longer than to add to it. */
function productsOfAll(x: Float64Array, weight: Float64Array, size: number): Float64Array {
  const packed = new Float64Array((size * (size + 1)) / 2);
  const inFours = weight.length - (weight.length % 4);
  for (let i = 0; i < inFours; i += 4) {
    const r = i * size;
    const s = r + size;
    const t = s + size;
    const u = t + size;
    for (let a = 0, ab = 0; a < size; a++) {
      const first = weight[i]! * x[r + a]!;
      const second = weight[i + 1]! * x[s + a]!;
      const third = weight[i + 2]! * x[t + a]!;
      const fourth = weight[i + 3]! * x[u + a]!;
      for (let b = 0; b <= a; b++) {
        packed[ab++]! += first * x[r + b]! + second * x[s + b]! + third * x[t + b]! + fourth * x[u + b]!;
      }
    }
  }
  for (let i = inFours; i < weight.length; i++) {
    for (let a = 0, ab = 0; a < size; a++) {
      const left = weight[i]! * x[i * size + a]!;
      for (let b = 0; b <= a; b++) packed[ab++]! += left * x[i * size + b]!;
    }
  }
  return packed;
}
