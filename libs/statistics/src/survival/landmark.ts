import { StatisticsError } from '../statistics-error.js';
import { reachedColumn, type MilestoneColumns } from './milestone-columns.js';
import { checkRows } from './survival-columns.js';

export interface LandmarkOptions {
  /** L, in the unit of time. Choose it before you look, and show several. */
  readonly at: number;
  /** Rows are censored this long after L. Default: never. */
  readonly horizon?: number;
}

/** Rows still active at L, with the clock starting there. */
export interface LandmarkRows {
  /** Place in the input, by which covariates known before L are joined. */
  readonly row: Uint32Array;
  /** Since L. */
  readonly time: Float64Array;
  readonly event: Uint8Array;
  /** 1 if the milestone was reached at or before L. Whoever reaches it later stays with 0. */
  readonly reached: Uint8Array;
  /** Rows that are not here, and why: the event or censoring came at or before L, or observation began after L. */
  readonly leftOut: { readonly event: number; readonly censored: number; readonly enteredLater: number };
}

/**
 * Landmark data set (Anderson, Cain & Gelber 1983): those under observation just after L, grouped by what they had done
 * by then. No one is credited with time that had to pass before the milestone could be reached.
 *
 * @throws StatisticsError `invalid-input`; `not-enough-data` if nobody is active after L
 */
export function landmarkRows(columns: MilestoneColumns, { at, horizon = Infinity }: LandmarkOptions): LandmarkRows {
  if (!(at >= 0 && Number.isFinite(at) && horizon > 0)) {
    throw new StatisticsError('invalid-input', `The landmark is ${at}, the horizon ${horizon}: give a time of 0 or more, and a length above 0.`); // prettier-ignore
  }
  const { rows, time, event, start } = checkRows(columns);
  const reached = reachedColumn(columns.reached, rows);
  const kept: number[] = [];
  const leftOut = { event: 0, censored: 0, enteredLater: 0 };
  for (let i = 0; i < rows; i++) {
    if (time[i]! <= at) leftOut[event[i] === 1 ? 'event' : 'censored']++;
    else if (start !== null && start[i]! > at) leftOut.enteredLater++;
    else kept.push(i);
  }
  if (kept.length === 0) {
    throw new StatisticsError('not-enough-data', `Nobody was active after the landmark ${at}: choose an earlier one.`);
  }
  return {
    row: Uint32Array.from(kept),
    time: Float64Array.from(kept, (i) => Math.min(time[i]! - at, horizon)),
    event: Uint8Array.from(kept, (i) => (time[i]! - at <= horizon ? event[i]! : 0)),
    reached: Uint8Array.from(kept, (i) => (reached[i]! <= at ? 1 : 0)),
    leftOut,
  };
}
