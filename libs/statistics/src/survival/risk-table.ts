import { ascendingOrder } from './ascending-order.js';
import { ascendingMagnitudes } from './ascending-magnitudes.js';
import { checkRows, type CheckedRows, type SurvivalColumns } from './survival-columns.js';

/**
 * What Kaplan–Meier, Nelson–Aalen, the restricted mean and the log-rank test need to know of any number of rows: one
 * entry for each time at which something happened. All arrays have the same length; counts are sums of weights.
 */
export interface RiskTable {
  /** Strictly ascending. */
  readonly time: ArrayLike<number>;
  /** Under observation just before the time. At a time that is not in the table it is that of the next one. */
  readonly atRisk: ArrayLike<number>;
  /** Events at the time. */
  readonly events: ArrayLike<number>;
  /** Censored at the time, after its events. Only shown, never used. */
  readonly censored?: ArrayLike<number>;
}

/**
 * Counts rows by time, in n log n. Censored at an event's time counts as at risk there. With delayed entry, times of
 * entry are in the table too, so that `atRisk` is known at any time; a row split in two is counted as censored and entered.
 *
 * @throws StatisticsError as `checkRows`
 */
export function riskTable(columns: SurvivalColumns): Required<RiskTable> {
  const rows = checkRows(columns);
  const ends = sumsByTime(rows);
  if (rows.start === null) return withoutEntries(ends);
  return withEntries(ends, rows);
}

interface Sums {
  readonly time: Float64Array;
  readonly events: Float64Array;
  readonly censored: Float64Array;
}

/** Distinct times with any weight, ascending, and what ended there. */
function sumsByTime(rows: CheckedRows): Sums {
  const last = lastWholeTime(rows.time);
  if (last < rows.rows) return sumsByWholeTime(rows, last + 1);
  return rows.weights === null ? sumsOfUnweighted(rows) : sumsByOrder(rows);
}

/** The largest time if all are whole, as days are; else Infinity. */
function lastWholeTime(time: Float64Array): number {
  let last = 0;
  for (let i = 0; i < time.length; i++) {
    const at = time[i]!;
    if (at !== Math.floor(at)) return Infinity;
    if (at > last) last = at;
  }
  return last;
}

/** Days fewer than rows need no sorting: each has its place. */
function sumsByWholeTime({ rows, time, event, weights }: CheckedRows, places: number): Sums {
  // By row, so that no branch hangs on the event: a processor guesses it wrong every other time.
  const ends = new Float64Array(2 * places);
  for (let i = 0; i < rows; i++) ends[(2 * time[i]! + event[i]!) | 0]! += weights === null ? 1 : weights[i]!;
  const [at, events, censored] = [new Float64Array(places), new Float64Array(places), new Float64Array(places)];
  let size = 0;
  for (let place = 0; place < places; place++) {
    if (!(ends[2 * place]! + ends[2 * place + 1]! > 0)) continue;
    at[size] = place;
    events[size] = ends[2 * place + 1]!;
    censored[size++] = ends[2 * place]!;
  }
  return { time: cut(at, size), events: cut(events, size), censored: cut(censored, size) };
}

/**
 * Rows of weight 1 are only counted. A time carries its event as its sign, so that they are sorted as one, and nothing
 * branches on the event.
 */
function sumsOfUnweighted({ rows, ...given }: CheckedRows): Sums {
  const signed = new Float64Array(rows);
  for (let i = 0; i < rows; i++) signed[i] = (1 - 2 * given.event[i]!) * given.time[i]!;
  const sorted = ascendingMagnitudes(signed);
  const halves = new Uint32Array(sorted.buffer);
  const [time, events, censored] = [new Float64Array(rows), new Float64Array(rows), new Float64Array(rows)];
  let size = 0;
  for (let k = 0; k < rows; size++) {
    const at = Math.abs(sorted[k]!);
    const from = k;
    let ended = 0;
    // The sign's bit, which 0 has too (little-endian machines, as all that run Node are).
    for (; k < rows && Math.abs(sorted[k]!) === at; k++) ended += halves[2 * k + 1]! >>> 31;
    time[size] = at;
    events[size] = ended;
    censored[size] = k - from - ended;
  }
  return { time: cut(time, size), events: cut(events, size), censored: cut(censored, size) };
}

/** Its first places, in memory of their own unless they are all. */
const cut = (column: Float64Array, size: number): Float64Array =>
  size === column.length ? column : column.slice(0, size);

function sumsByOrder({ rows, time, event, weights }: CheckedRows): Sums {
  const order = ascendingOrder(time);
  const distinct = new Float64Array(rows);
  const events = new Float64Array(rows);
  const censored = new Float64Array(rows);
  let [last, before] = [-1, NaN];
  for (let k = 0; k < rows; k++) {
    const i = order[k]!;
    const weight = weights === null ? 1 : weights[i]!;
    if (weight === 0) continue;
    const at = time[i]!;
    if (at !== before) distinct[++last] = before = at;
    if (event[i] === 1) events[last]! += weight;
    else censored[last]! += weight;
  }
  const size = last + 1;
  return { time: cut(distinct, size), events: cut(events, size), censored: cut(censored, size) };
}

function withoutEntries({ time, events, censored }: Sums): Required<RiskTable> {
  const atRisk = new Float64Array(time.length);
  // Only additions, from the end: events never exceed those at risk by rounding.
  for (let j = time.length - 1, left = 0; j >= 0; j--) atRisk[j] = left += events[j]! + censored[j]!;
  return { time, atRisk, events, censored };
}

function withEntries(ends: Sums, { rows, start, weights }: CheckedRows): Required<RiskTable> {
  const entries = sumsByTime({ rows, time: start!, event: new Uint8Array(rows), start: null, weights });
  const size = ends.time.length + entries.time.length;
  const time = new Float64Array(size);
  const [atRisk, events, censored] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  let left = 0;
  let to = size;
  // An entry at 0 needs no place of its own: there is no time before it.
  for (let e = ends.time.length - 1, s = entries.time.length - 1; e >= 0 || (entries.time[s] ?? 0) > 0; to--) {
    const ended = ends.time[e] ?? -Infinity;
    const entered = entries.time[s] ?? -Infinity;
    time[to - 1] = Math.max(ended, entered);
    // At a common time those who enter come after those who leave: (start, time].
    if (entered >= ended) left -= entries.censored[s--]!;
    if (ended >= entered) {
      events[to - 1] = ends.events[e]!;
      censored[to - 1] = ends.censored[e]!;
      left += events[to - 1]! + censored[to - 1]!;
      e--;
    }
    left = Math.max(left, events[to - 1]!);
    atRisk[to - 1] = left;
  }
  const from = (column: Float64Array): Float64Array => column.slice(to);
  return { time: from(time), atRisk: from(atRisk), events: from(events), censored: from(censored) };
}
