import { linearRegression, type LinearCoefficient } from '../regression/linear-regression.js';
import { StatisticsError } from '../statistics-error.js';
import { columnNames, finiteColumn, indicatorColumn, lengthOf, weightColumn } from '../survival/checked-column.js';

/** One line an account, or a pattern of accounts. Columns of one length. */
export interface AdjustmentColumns {
  readonly outcome: ArrayLike<number>;
  /** 1: treatment; 0: control. */
  readonly treated: ArrayLike<number>;
  /** By name; known before assignment. */
  readonly covariates: Readonly<Record<string, ArrayLike<number>>>;
  /** How many accounts the line stands for. Absent: 1 each. */
  readonly counts?: ArrayLike<number>;
}

/** `interacted`: each arm has slopes of its own (Lin 2013); `common`: one slope for both (analysis of covariance). */
export type AdjustmentForm = 'interacted' | 'common';

export interface RegressionAdjustment {
  /** Treatment less control, for the accounts as they are together. */
  readonly difference: Omit<LinearCoefficient, 'name'>;
  readonly form: AdjustmentForm;
  readonly covariates: readonly string[];
  readonly rows: number;
}

/**
 * Difference of two arms' means adjusted for what was known before, by least squares with HC2 errors (Lin 2013:
 * interacted with covariates about their mean it never does worse than no adjustment in large samples, whatever the
 * truth's shape).
 *
 * Assumes assignment by chance, covariates from before it, accounts that do not move each other, and more accounts in
 * each arm than coefficients by far.
 *
 * @throws StatisticsError `not-enough-data` without both arms, or with too few rows; `invalid-input`; `collinear`
 */
export function regressionAdjustment(
  columns: AdjustmentColumns,
  options: { readonly form?: AdjustmentForm; readonly confidence?: number } = {},
): RegressionAdjustment {
  const { form = 'interacted', ...rest } = options;
  if (form !== 'interacted' && form !== 'common') {
    throw new StatisticsError('invalid-input', `form is ${String(form)}: give interacted or common.`);
  }
  const rows = lengthOf('outcome', columns.outcome);
  if (rows === 0) throw new StatisticsError('not-enough-data', 'outcome is empty: give accounts of both arms.');
  const treated = indicatorColumn('treated', columns.treated, rows);
  const counts = columns.counts ? weightColumn(columns.counts, rows, 'counts') : undefined;
  const sizeOf = (i: number): number => counts?.[i] ?? 1;
  for (const arm of [0, 1]) {
    if (treated.some((one, i) => one === arm && sizeOf(i) > 0)) continue;
    throw new StatisticsError('not-enough-data', `No account has treated ${arm}: give both arms.`);
  }
  const names = columnNames(columns.covariates);
  const centred = names.map((name) => aboutItsMean(finiteColumn(name, columns.covariates[name]!, rows), sizeOf));
  // Names that no covariate can take away from one another.
  const design: Record<string, ArrayLike<number>> = { treated };
  names.forEach((name, k) => {
    design[`covariate ${name}`] = centred[k]!;
    if (form === 'interacted') design[`treated × ${name}`] = centred[k]!.map((one, i) => one * treated[i]!);
  });
  const fit = linearRegression(
    { covariates: design, outcome: columns.outcome, ...(counts ? { counts } : {}) },
    { errors: 'HC2', ...rest },
  );
  const { estimate, standardError, lower, upper, p } = fit.coefficients[0]!;
  return { difference: { estimate, standardError, lower, upper, p }, form, covariates: names, rows: fit.rows };
}

function aboutItsMean(column: Float64Array, sizeOf: (i: number) => number): Float64Array {
  let [sum, size] = [0, 0];
  column.forEach((one, i) => {
    sum += one * sizeOf(i);
    size += sizeOf(i);
  });
  return column.map((one) => one - sum / size);
}
