import { StatisticsError } from '../statistics-error.js';
import { finiteColumn, lengthOf } from '../survival/checked-column.js';
import { checkBaseline, type Baseline } from './ewma-chart.js';
import { checkedDesign, cusumRunLength, type CusumDesign } from './cusum-run-length.js';

/** Sums so far, in standard deviations: `upper` of rises beyond k, `lower` of falls. Both are 0 or more. */
export interface CusumState {
  readonly upper: number;
  readonly lower: number;
}

/** Before the first look: nothing summed. */
export const CUSUM_START: CusumState = { upper: 0, lower: 0 };

/**
 * One look more: S₊ = max(0, S₊ + z - k), S₋ = max(0, S₋ - z - k), z and k in standard deviations from the target.
 *
 * @throws StatisticsError `invalid-input` for what is not a finite number
 */
export function cusumStep({ upper, lower }: CusumState, z: number, reference: number): CusumState {
  if (![upper, lower, z, reference].every(Number.isFinite)) {
    throw new StatisticsError('invalid-input', `The state is ${upper} and ${lower}, the look ${z}, the reference ${reference}: give finite numbers.`); // prettier-ignore
  }
  return { upper: Math.max(0, upper + z - reference), lower: Math.max(0, lower - z - reference) };
}

export interface CusumAlarm {
  /** Look at which the sum passed h. It rings once, until it has been below h again. */
  readonly at: number;
  readonly side: 'upper' | 'lower';
  /** Look at which the sum left 0: the likely first of the change (Page 1954). */
  readonly since: number;
}

export interface CusumChart {
  readonly states: readonly CusumState[];
  readonly alarms: readonly CusumAlarm[];
  /** Looks between false alarms, on average. */
  readonly runLength: number;
}

/**
 * Tabular CUSUM (Page 1954; Montgomery, ch. 9) of looks in time's order. `cusumStep` is the same for one look at a time.
 *
 * Assumes independent looks about the target with a known standard deviation, such as scores of `proportionRange` with
 * target 0 and sigma 1. After a change that is here to stay, start anew from the new level.
 *
 * @throws StatisticsError `invalid-input`; `no-convergence` where the run length is beyond 1e10
 */
export function cusumChart(values: ArrayLike<number>, design: CusumDesign & Baseline): CusumChart {
  const { reference, threshold, sides } = checkedDesign(design);
  const { target, sigma } = checkBaseline(design);
  const column = finiteColumn('values', values, lengthOf('values', values));
  const alarms: CusumAlarm[] = [];
  const states: CusumState[] = [];
  const since = { upper: 0, lower: 0 };
  let state = CUSUM_START;
  column.forEach((value, at) => {
    const next = cusumStep(state, (value - target) / sigma, reference);
    for (const side of ['upper', 'lower'] as const) {
      if (state[side] === 0) since[side] = at;
      const isWatched = sides === 'both' || sides === side;
      if (isWatched && next[side] > threshold && state[side] <= threshold)
        alarms.push({ at, side, since: since[side] });
    }
    state = next;
    states.push(next);
  });
  return { states, alarms, runLength: cusumRunLength(design) };
}
