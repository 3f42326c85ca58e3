import { StatisticsError } from '../statistics-error.js';
import { scoreColumn, treatedRows } from './treated-rows.js';

/**
 * `ipw` 1/e and 1/(1 - e); `stabilised` the same times the arm's share; `treated` 1 and e/(1 - e); `overlap` 1 - e and e.
 */
export type WeightScheme = 'ipw' | 'stabilised' | 'treated' | 'overlap';

/** Whom the effect is of: it changes with the scheme, and must be said. */
export type Estimand = 'all accounts' | 'treated accounts' | 'accounts that might be in either arm';

export const estimandOf: Readonly<Record<WeightScheme, Estimand>> = {
  ipw: 'all accounts',
  stabilised: 'all accounts',
  treated: 'treated accounts',
  overlap: 'accounts that might be in either arm',
};

/** Weight of a row at score e, and its derivative by the score's log odds; without the arm's share. */
export function schemeWeight(scheme: WeightScheme, arm: number, e: number): readonly [weight: number, slope: number] {
  if (scheme === 'overlap') return arm === 1 ? [1 - e, -e * (1 - e)] : [e, e * (1 - e)];
  if (scheme === 'treated') return arm === 1 ? [1, 0] : [e / (1 - e), e / (1 - e)];
  return arm === 1 ? [1 / e, -(1 - e) / e] : [1 / (1 - e), e / (1 - e)];
}

export function checkScheme(scheme: WeightScheme): WeightScheme {
  if (Object.hasOwn(estimandOf, scheme)) return scheme;
  throw new StatisticsError('invalid-input', `scheme is ${String(scheme)}: give ${Object.keys(estimandOf).join(', ')}.`); // prettier-ignore
}

/**
 * Weights under which the arms have the same covariates, by row: inverse probability (Robins, Hernán & Brumback 2000),
 * stabilised, of the treated, or overlap (Li, Morgan & Zaslavsky 2018). Not multiplied by `counts`.
 *
 * @param counts how many accounts each row stands for, for the arms' shares; absent: 1 each
 * @throws StatisticsError `invalid-input`, `not-enough-data`
 */
export function balancingWeights(
  treated: ArrayLike<number>,
  scores: ArrayLike<number>,
  scheme: WeightScheme,
  counts?: ArrayLike<number>,
): Float64Array {
  checkScheme(scheme);
  const rows = treatedRows(treated, counts);
  const score = scoreColumn(scores, rows.treated.length);
  const total = rows.sizes[0] + rows.sizes[1];
  return score.map((e, i) => {
    const arm = rows.treated[i] as 0 | 1;
    const [weight] = schemeWeight(scheme, arm, e);
    return scheme === 'stabilised' ? (weight * rows.sizes[arm]) / total : weight;
  });
}
