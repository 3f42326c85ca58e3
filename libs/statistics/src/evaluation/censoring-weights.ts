import { StatisticsError } from '../statistics-error.js';
import type { SurvivalData } from '../survival/checked-risk-table.js';
import { checkRows, type SurvivalColumns } from '../survival/survival-columns.js';
import { censoringWeightAt } from './censoring-weight-at.js';

/**
 * How many rows each stands for when asked whether its event had come by a time: 1 / P(C ≥ its event), or 1 / P(C ≥ time)
 * if it was seen without one up to and with that time, or 0 if it was censored before, for then the answer is not known.
 * Equal to Graf's et al. (1999) weights unless someone was censored at that very time, which here counts as known.
 *
 * @throws StatisticsError as `censoringWeightAt`; `not-enough-data` if nobody's answer but events' is known
 */
export function censoringWeights(
  columns: SurvivalColumns,
  time: number,
  censoring: SurvivalData = columns,
): Float64Array {
  if (!(time > 0 && Number.isFinite(time))) {
    throw new StatisticsError('invalid-input', `time is ${time}: give a finite time above 0.`);
  }
  const rows = checkRows(columns);
  const weightAt = censoringWeightAt(censoring);
  const lasted = (i: number): boolean => rows.time[i]! > time || (rows.time[i] === time && rows.event[i] === 0);
  const counted = [...rows.time.keys()].filter((i) => rows.weights?.[i] !== 0);
  if (!counted.some(lasted) && counted.some((i) => rows.event[i] === 0)) {
    throw new StatisticsError('not-enough-data', `Nobody was followed to ${time}: choose an earlier time.`);
  }
  return rows.time.map((end, i) => {
    if (lasted(i)) return weightAt(time);
    return rows.event[i] === 1 ? weightAt(end) : 0;
  });
}
