import type { MilestoneSurvivalAnswer } from '@milepost/contracts/http';
import { coxRegression, hasNoAnswer } from '@milepost/statistics';
import type { StatisticsError } from '@milepost/statistics';

/** Accounts alike in all that the model looks at, as ClickHouse counted them. */
export interface CountedRow {
  segment: string;
  start?: number;
  day: number;
  event: number;
  has: number;
  accounts: number;
}
type Ratio = Pick<MilestoneSurvivalAnswer['data']['comparisons'][number], 'hazardRatio' | 'whyNot'>;

/** In the words of who asked: what the statistics would leave out is all that was asked about. */
const WHY_NOT: Partial<Record<StatisticsError['problem'], string>> = {
  separation:
    'Of the accounts that it happened to all had the milestone, or none had: no ratio can be told; look at the counts.',
  collinear: 'Wherever it came to anybody, all at risk had the milestone or none had, so nothing can be compared.',
};

/** Hazard ratio of having the milestone, each segment with a baseline of its own; or why the data can't tell. */
export function hazardRatioOf(rows: readonly CountedRow[]): Ratio {
  try {
    const fit = coxRegression({
      time: rows.map(({ day }) => day),
      event: rows.map(({ event }) => event),
      start: rows.every(({ start }) => start === undefined) ? undefined : rows.map(({ start }) => start!),
      covariates: { has: rows.map(({ has }) => has) },
      counts: rows.map(({ accounts }) => accounts),
      strata: rows.map(({ segment }) => segment),
    });
    const { ratio, lower, upper, p } = fit.coefficients[0]!;
    return { hazardRatio: { ratio, lower, upper, p }, whyNot: null };
  } catch (error) {
    if (!hasNoAnswer(error)) throw error;
    return { hazardRatio: null, whyNot: WHY_NOT[error.problem] ?? error.message };
  }
}
