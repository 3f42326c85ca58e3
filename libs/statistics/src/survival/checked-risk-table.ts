import { checkLength, finiteColumn, lengthOf } from './checked-column.js';
import { riskTable, type RiskTable } from './risk-table.js';
import type { SurvivalColumns } from './survival-columns.js';
import { StatisticsError } from '../statistics-error.js';

/** Rows, or what a database has counted of them. */
export type SurvivalData = SurvivalColumns | RiskTable;

export interface CheckedRiskTable {
  readonly time: Float64Array;
  readonly atRisk: Float64Array;
  readonly events: Float64Array;
  readonly censored: Float64Array;
}

/**
 * The table of the rows, or the given one checked.
 *
 * @throws StatisticsError as `riskTable`; `invalid-input` for times that do not ascend or more events than at risk
 */
export function riskTableOf(data: SurvivalData): CheckedRiskTable {
  return 'atRisk' in data ? checkRiskTable(data) : riskTable(data);
}

function checkRiskTable(table: RiskTable): CheckedRiskTable {
  const size = lengthOf('time', table.time);
  if (size === 0) throw new StatisticsError('not-enough-data', 'The risk table has no rows: give at least one time.');
  const time = finiteColumn('time', table.time, size);
  const atRisk = finiteColumn('atRisk', table.atRisk, size);
  const events = finiteColumn('events', table.events, size);
  if (table.censored) checkLength('censored', table.censored, size);
  const censored = table.censored ? finiteColumn('censored', table.censored, size) : censoredBetween(atRisk, events);
  for (let j = 0; j < size; j++) {
    if (time[j]! < 0 || (j > 0 && time[j]! <= time[j - 1]!)) {
      throw new StatisticsError(
        'invalid-input',
        `time[${j}] is ${time[j]}: times of a risk table are 0 or more and ascend strictly; sort and add up rows of the same time.`,
      );
    }
    if (events[j]! < 0 || events[j]! > atRisk[j]!) {
      throw new StatisticsError(
        'invalid-input',
        `events[${j}] is ${events[j]} with ${atRisk[j]} at risk: give a number from 0 to those at risk just before the time.`,
      );
    }
  }
  return { time, atRisk, events, censored };
}

/** Who is missing from the next risk set; those who entered are not seen, so the least possible number. */
function censoredBetween(atRisk: Float64Array, events: Float64Array): Float64Array {
  return atRisk.map((count, j) => Math.max(0, count - events[j]! - (atRisk[j + 1] ?? 0)));
}
