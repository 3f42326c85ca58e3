import { checkLength, lengthOf } from './checked-column.js';
import type { CheckedRiskTable } from './checked-risk-table.js';
import { countsByTime } from './counts-by-time.js';
import type { EndsByTime } from './ends-by-time.js';
import { sumsByTime } from './sums-by-time.js';
import { checkRows, type SurvivalColumns } from './survival-columns.js';

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
export function riskTable(columns: SurvivalColumns): CheckedRiskTable {
  const { time, event, start, weights } = columns;
  checkLength('event', event, lengthOf('time', time));
  const counts = start === undefined && weights === undefined ? countsByTime(time, event) : null;
  if (counts !== null) return counts;
  const rows = checkRows(columns);
  const ends = endsByTime(rows.time, rows.event, rows.weights);
  if (rows.start === null) return ends;
  return withEntries(ends, endsByTime(rows.start, new Uint8Array(rows.rows), rows.weights));
}

/** Of rows that are checked, so that none is refused. */
const endsByTime = (time: Float64Array, event: Uint8Array, weights: Float64Array | null): EndsByTime =>
  weights === null ? countsByTime(time, event)! : sumsByTime(time, event, weights);

function withEntries(ends: EndsByTime, entries: EndsByTime): CheckedRiskTable {
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
