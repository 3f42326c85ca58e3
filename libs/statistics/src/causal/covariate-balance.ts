import { StatisticsError } from '../statistics-error.js';
import { columnNames, finiteColumn, weightColumn } from '../survival/checked-column.js';
import { treatedRows, type TreatedColumns } from './treated-rows.js';

export interface CovariateBalance {
  readonly name: string;
  /** Standardised difference of means, treated less others; below 0.1 either way counts as balanced. */
  readonly before: number;
  readonly after: number;
  /** Means with weights. */
  readonly treatedMean: number;
  readonly otherMean: number;
}

/** Largest standardised difference, either way, that counts as balanced (Austin 2009). */
export const BALANCED_WITHIN = 0.1;

/**
 * Standardised differences (Austin & Stuart 2015): difference of means over √((s₁² + s₀²)/2), the deviations of the
 * unweighted arms both before and after, so that weights cannot hide a difference by spreading it; p(1 - p) for columns
 * of 0 and 1, else the sample variance. A covariate without spread in both arms has difference 0 if the means agree.
 *
 * @param weights by row, as from `balancingWeights`
 * @throws StatisticsError `invalid-input`, also for a covariate that is one value in each arm and differs between them
 */
export function covariateBalance(columns: TreatedColumns, weights: ArrayLike<number>): readonly CovariateBalance[] {
  const { treated, count } = treatedRows(columns.treated, columns.counts);
  const rows = treated.length;
  const weight = weightColumn(weights, rows).map((one, i) => one * count[i]!);
  return columnNames(columns.covariates).map((name) => {
    const column = finiteColumn(`covariates.${name}`, columns.covariates[name]!, rows);
    const isBinary = column.every((one) => one === 0 || one === 1);
    const [other, own] = [0, 1].map((arm) => moments(column, treated, arm, count, isBinary)) as [Moments, Moments];
    const [otherMean, treatedMean] = [0, 1].map((arm) => moments(column, treated, arm, weight, true).mean) as [number, number]; // prettier-ignore
    const spread = Math.sqrt((own.variance + other.variance) / 2);
    const standardised = (difference: number): number => {
      if (difference === 0) return 0;
      if (spread > 0) return difference / spread;
      throw new StatisticsError('invalid-input', `covariates.${name} has one value in each arm, and they differ: it decides who is treated; leave it out or compare others.`); // prettier-ignore
    };
    return { name, before: standardised(own.mean - other.mean), after: standardised(treatedMean - otherMean), treatedMean, otherMean }; // prettier-ignore
  });
}

interface Moments {
  readonly mean: number;
  readonly variance: number;
}

function moments(
  column: Float64Array,
  treated: Uint8Array,
  arm: number,
  weight: Float64Array,
  isWhole: boolean,
): Moments {
  let [total, mean, squares] = [0, 0, 0];
  for (let i = 0; i < column.length; i++) total += treated[i] === arm ? weight[i]! : 0;
  if (!(total > 0)) throw new StatisticsError('not-enough-data', `All weights of the rows with treated ${arm} are 0.`);
  for (let i = 0; i < column.length; i++) mean += treated[i] === arm ? (weight[i]! / total) * column[i]! : 0;
  for (let i = 0; i < column.length; i++) squares += treated[i] === arm ? weight[i]! * (column[i]! - mean) ** 2 : 0;
  return { mean, variance: isWhole ? squares / total : total > 1 ? squares / (total - 1) : 0 };
}
