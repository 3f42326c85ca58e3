import { logisticPredictions, logisticRegression } from '@milepost/statistics';
import type { LogisticFit, PredictedProbability } from '@milepost/statistics';

/** What a model looks at, and what each factor is in words. */
export type Factors<F extends string> = Readonly<Record<F, string>>;

/** What was known of an account. */
export type Seen<F extends string> = { segment: string } & Record<F, number>;

/** What was known of an account, which may be there several times, and whether it came. */
export type Decided<F extends string> = Seen<F> & {
  account: string;
  /** Since 1970, in which it was decided. */
  week: number;
  /** In which it was foretold. */
  begun: number;
  came: number;
};

/** Pulls coefficients towards none: events are few. */
const RIDGE = 1;

/** Errors are by account: what it did once it may do again. */
export function fitFactors<F extends string>(factors: Factors<F>, rows: readonly Decided<NoInfer<F>>[]): LogisticFit {
  return logisticRegression(
    {
      covariates: columnsOf(factors, rows),
      events: rows.map(({ came }) => came),
      cluster: rows.map(({ account }) => account),
    },
    { ridge: RIDGE },
  );
}

export const predictFactors = <F extends string>(
  factors: Factors<F>,
  fit: LogisticFit,
  rows: readonly Seen<NoInfer<F>>[],
): readonly PredictedProbability[] => logisticPredictions(fit, columnsOf(factors, rows));

export interface Reason {
  factor: string;
  value: number;
  /** Of the event, against the average account of the page. */
  oddsRatio: number;
}

const REASONS = 3;

/** What moves an account's chance most against the average of its page. */
export function reasonsOf<F extends string>(
  factors: Factors<F>,
  fit: LogisticFit,
  row: Seen<NoInfer<F>>,
  page: readonly Seen<NoInfer<F>>[],
): Reason[] {
  return fit.coefficients
    .map(({ name, estimate }) => {
      const own = row[name as F];
      const mean = page.reduce((sum, one) => sum + one[name as F], 0) / page.length;
      return { factor: factors[name as F], value: own, oddsRatio: Math.exp(estimate * (own - mean)) };
    })
    .sort((a, b) => Math.abs(Math.log(b.oddsRatio)) - Math.abs(Math.log(a.oddsRatio)))
    .slice(0, REASONS);
}

const columnsOf = <F extends string>(
  factors: Factors<F>,
  rows: readonly Seen<NoInfer<F>>[],
): Record<string, number[]> =>
  Object.fromEntries((Object.keys(factors) as F[]).map((name) => [name, rows.map((row) => row[name])]));
