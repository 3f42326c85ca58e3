import { StatisticsError } from '../statistics-error.js';
import { checkLength, finiteColumn, lengthOf } from './checked-column.js';
import { coxRegression, type CoxFit, type CoxOptions } from './cox-regression.js';
import type { Label } from './label-codes.js';
import { landmarkRows, type LandmarkOptions } from './landmark.js';
import type { MilestoneColumns } from './milestone-columns.js';
import { switchedRows } from './switched-rows.js';

export interface MilestoneData extends MilestoneColumns {
  /** One value a row, known when the clock starts (landmark: by L). */
  readonly covariates?: Readonly<Record<string, ArrayLike<number>>>;
  /** Such as segments: accounts are compared within their own only. */
  readonly strata?: ArrayLike<Label>;
}

/** How the time before the milestone is dealt with. There is no third way: a fixed covariate is refused. */
export type MilestoneDesign = ({ readonly kind: 'landmark' } & LandmarkOptions) | { readonly kind: 'switched' };

export interface MilestoneEffect {
  readonly design: MilestoneDesign;
  /** `reached` is the first coefficient. */
  readonly fit: CoxFit;
  /** Accounts in the fit, and those left out because they ended (or, for a landmark, entered) too early or late. */
  readonly accounts: number;
  readonly leftOut: number;
}

const REFUSAL =
  'A milestone as a fixed covariate with the clock at signup credits those who reached it with the time they had to ' +
  "survive to reach it, and makes any milestone look good. Use { kind: 'landmark', at } or { kind: 'switched' }.";

/**
 * Hazard ratio of having reached a milestone, in one of the two designs that are free of immortal time (Anderson, Cain &
 * Gelber 1983; Suissa 2008). It is an association: who reaches a milestone may differ in what is not among the covariates.
 *
 * @throws StatisticsError `invalid-input` for any other design; as `landmarkRows`, `switchedRows`, `coxRegression`
 */
export function milestoneEffect(
  data: MilestoneData,
  design: MilestoneDesign,
  options: CoxOptions = {},
): MilestoneEffect {
  const { covariates = {} } = data;
  if ('reached' in covariates) {
    throw new StatisticsError('invalid-input', `A covariate is named reached, as the milestone is. ${REFUSAL}`);
  }
  const rows = lengthOf('time', data.time);
  for (const [name, column] of Object.entries(covariates)) finiteColumn(`covariates.${name}`, column, rows);
  if (data.strata) checkLength('strata', data.strata, rows);
  const joined = (row: Uint32Array): Record<string, ArrayLike<number>> =>
    Object.fromEntries(Object.entries(covariates).map(([name, all]) => [name, Float64Array.from(row, (i) => all[i]!)]));
  const strataOf = (row: Uint32Array) => data.strata && Array.from(row, (i) => data.strata![i]!);
  if (design.kind === 'landmark') {
    const { row, time, event, reached, leftOut } = landmarkRows(data, design);
    const fit = coxRegression({ time, event, strata: strataOf(row), covariates: { reached, ...joined(row) } }, options);
    return { design, fit, accounts: row.length, leftOut: leftOut.event + leftOut.censored + leftOut.enteredLater };
  }
  if (design.kind === 'switched') {
    const { row, start, time, event, reached, leftOut } = switchedRows(data);
    const fit = coxRegression(
      { time, event, start, strata: strataOf(row), covariates: { reached, ...joined(row) } },
      options,
    );
    return { design, fit, accounts: new Set(row).size, leftOut };
  }
  throw new StatisticsError('invalid-input', REFUSAL);
}
