import { StatisticsError } from '../statistics-error.js';
import { finiteColumn, lengthOf, weightColumn } from '../survival/checked-column.js';

/** One row a segment: its accounts (trials), and how many of them had the event. */
export interface SegmentCounts {
  readonly events: ArrayLike<number>;
  /** 0: nothing known of this segment yet; it gets what is believed of any. */
  readonly trials: ArrayLike<number>;
  /** How many segments a row stands for. Default 1. */
  readonly weights?: ArrayLike<number>;
}

export interface CheckedSegments {
  readonly events: Float64Array;
  readonly trials: Float64Array;
  readonly weights: Float64Array;
  readonly totalEvents: number;
  readonly totalTrials: number;
}

/** A segment's chance, pulled towards the others'. */
export interface SegmentEstimate {
  readonly events: number;
  readonly trials: number;
  /** events / trials; null without trials. */
  readonly raw: number | null;
  /** Posterior mean. */
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  /** From 0 to 1: the weight of the other segments in the estimate; its own trials have the rest. */
  readonly pull: number;
}

/**
 * Whole counts with events ≤ trials, of 2 segments or more that have trials, with both outcomes seen somewhere.
 *
 * @throws StatisticsError `not-enough-data`, `invalid-input`
 */
export function checkedSegments({ events, trials, weights }: SegmentCounts): CheckedSegments {
  const rows = lengthOf('trials', trials);
  const own = weights === undefined ? new Float64Array(rows).fill(1) : weightColumn(weights, rows);
  const n = finiteColumn('trials', trials, rows);
  const y = finiteColumn('events', events, rows);
  let [totalEvents, totalTrials, segments] = [0, 0, 0];
  for (let i = 0; i < rows; i++) {
    if (!(y[i]! >= 0 && y[i]! <= n[i]! && Number.isInteger(y[i]!) && Number.isInteger(n[i]!))) {
      throw new StatisticsError('invalid-input', `Row ${i} has ${y[i]} events of ${n[i]} trials: give whole numbers with 0 ≤ events ≤ trials.`); // prettier-ignore
    }
    if (n[i]! > 0) segments += own[i]!;
    totalEvents += own[i]! * y[i]!;
    totalTrials += own[i]! * n[i]!;
  }
  if (segments < 2) {
    throw new StatisticsError('not-enough-data', `${segments} segments have trials: give at least 2, or show the one with its own interval.`); // prettier-ignore
  }
  if (totalEvents === 0 || totalEvents === totalTrials) {
    throw new StatisticsError('not-enough-data', `${totalEvents} events in ${totalTrials} trials: segments cannot be told apart before both outcomes have been seen. Show the trials, and wait.`); // prettier-ignore
  }
  return { events: y, trials: n, weights: own, totalEvents, totalTrials };
}
