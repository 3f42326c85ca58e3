import { StatisticsError } from '../statistics-error.js';
import { checkLength, codeColumn, finiteColumn, lengthOf } from './checked-column.js';
import type { Label } from './label-codes.js';
import { riskTable } from './risk-table.js';

/** Rows that end by one of several causes. Fields as in `SurvivalColumns`. */
export interface CompetingRiskColumns {
  readonly time: ArrayLike<number>;
  /** 0 if censored, else 1 to 254, the cause that came first. */
  readonly cause: ArrayLike<number>;
  readonly start?: ArrayLike<number>;
  readonly weights?: ArrayLike<number>;
  /** Whose row it is, for `errors: 'jackknife'` where an account has several. */
  readonly cluster?: ArrayLike<Label>;
}

/** A risk table with events by cause: `events[k][j]` are those of cause k + 1 at `time[j]`. */
export interface CompetingRiskTable {
  readonly time: ArrayLike<number>;
  readonly atRisk: ArrayLike<number>;
  readonly events: readonly ArrayLike<number>[];
}

export interface CheckedCompetingRiskTable {
  readonly time: Float64Array;
  readonly atRisk: Float64Array;
  readonly events: readonly Float64Array[];
}

/**
 * Counts rows by time: those at risk just before it, and the events of each cause at it. What `aalenJohansen` needs to
 * know; a database can count the same.
 *
 * @throws StatisticsError as `riskTable`; `not-enough-data` if no row has a cause
 */
export function competingRiskTable({ time, cause, start, weights }: CompetingRiskColumns): CheckedCompetingRiskTable {
  const codes = causeColumn(cause, lengthOf('time', time));
  const causes = codes.reduce((most, one) => Math.max(most, one), 0);
  if (causes === 0) {
    throw new StatisticsError('not-enough-data', 'Every row is censored: there is no cause to tell the incidence of.');
  }
  const event = codes.map((one) => (one > 0 ? 1 : 0));
  const table = riskTable({ time, event, start, weights });
  const place = new Map(Array.from(table.time, (at, j) => [at, j]));
  const events = Array.from({ length: causes }, () => new Float64Array(table.time.length));
  for (let i = 0; i < codes.length; i++) {
    const j = codes[i]! > 0 ? place.get(time[i]!) : undefined;
    // A time with no weight is not in the table.
    if (j !== undefined) events[codes[i]! - 1]![j]! += weights ? weights[i]! : 1;
  }
  return { time: Float64Array.from(table.time), atRisk: Float64Array.from(table.atRisk), events };
}

export const causeColumn = (cause: ArrayLike<number>, rows: number): Uint8Array =>
  codeColumn('cause', cause, rows, 254, '0 for censored, or the number of a cause from 1 to 254');

/** @throws StatisticsError `invalid-input` for times that do not ascend or more events than at risk */
export function checkCompetingRiskTable({ time, atRisk, events }: CompetingRiskTable): CheckedCompetingRiskTable {
  const size = lengthOf('time', time);
  if (lengthOf('cause (of rows) or events (of a table)', events) === 0 || size === 0) {
    throw new StatisticsError('not-enough-data', 'The risk table is empty: give at least one time and one cause.');
  }
  const checked = {
    time: finiteColumn('time', time, size),
    atRisk: finiteColumn('atRisk', atRisk, size),
    events: events.map((one, k) => finiteColumn(`events of cause ${k + 1}`, one, size)),
  };
  checkLength('atRisk', atRisk, size);
  for (let j = 0; j < size; j++) {
    const counts = checked.events.map((one) => one[j]!);
    const total = counts.reduce((sum, one) => sum + one, 0);
    if (
      time[j]! < 0 ||
      (j > 0 && time[j]! <= time[j - 1]!) ||
      Math.min(...counts) < 0 ||
      total > atRisk[j]! * (1 + 1e-12)
    ) {
      throw new StatisticsError(
        'invalid-input',
        `At place ${j} the time is ${time[j]} with ${total} events of ${atRisk[j]} at risk: times must ascend strictly from 0, counts be 0 or more, events at most those at risk.`,
      );
    }
  }
  return checked;
}
