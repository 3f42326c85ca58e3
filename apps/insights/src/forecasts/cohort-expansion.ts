import type { CohortForecastAnswer } from '@milepost/contracts/http';
import { numberAtRisk, proportionInterval } from '@milepost/statistics';
import { incidenceOf } from '../milestones/incidence.js';
import { FEW_EVENTS } from '../wording/warnings.js';

export interface ExpansionRow {
  label: string;
  day: number;
  events: number;
  competing: number;
  censored: number;
}

type Expansion = NonNullable<CohortForecastAnswer['data']['groups'][number]['expansion']>;

/**
 * How many contracts of a group will have expanded by a day, if new ones do as earlier ones did: cumulative incidence,
 * for leaving competes. Where too few were seen for so long, of the last day for which enough were.
 */
export function cohortExpansion(rows: readonly ExpansionRow[], day: number): Expansion | null {
  if (rows.length === 0) return null;
  const ended = rows.map((row) => ({ time: row.day, causes: [row.events, row.competing], censored: row.censored }));
  const { time, atRisk, causes } = incidenceOf(ended);
  const { incidence, lower, upper } = causes[0]!;
  const there = (at: number): number => numberAtRisk({ time, atRisk, events: incidence }, at);
  const lastEnough = time.findLast((one) => one <= day && there(one) >= FEW_EVENTS) ?? time[0]!;
  const byDay = there(day) >= FEW_EVENTS ? day : lastEnough;
  const j = time.findLastIndex((one) => one <= byDay);
  const events = rows.filter((row) => row.day <= byDay).reduce((sum, row) => sum + row.events, 0);
  const seen = { byDay, atRisk: there(byDay), events };
  // Of none the curve has no error: those who are still there without one bound it.
  if (events === 0) return { ...seen, ...proportionInterval({ events: 0, accounts: seen.atRisk }) };
  return { ...seen, estimate: incidence[j]!, lower: lower[j]!, upper: upper[j]! };
}
