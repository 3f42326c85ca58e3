import { independentColumns } from '../regression/independent-columns.js';
import { linearRegression } from '../regression/linear-regression.js';
import { logisticProbabilities } from '../regression/logistic-prediction.js';
import { logisticRegression } from '../regression/logistic-regression.js';
import { StatisticsError } from '../statistics-error.js';
import { checkConfidence, checkLength, columnNames, finiteColumn, picked } from '../survival/checked-column.js';
import { effectOf, type TreatmentEffect } from './treatment-effect.js';
import { chosenRows, treatedRows, type OutcomeColumns } from './treated-rows.js';

export interface AugmentedColumns extends OutcomeColumns {
  /** A fold by row, 2 or more: `stratifiedFolds`, or a hash of the account. Scores of a fold come from the others. */
  readonly fold: ArrayLike<number>;
}

export interface AugmentedOptions {
  /** Of the scores' model and of a binary outcome's, for a fold may separate by chance. Default 1; 0 for none. */
  readonly ridge?: number;
  /** Scores are held within these. Default [0.01, 0.99]. */
  readonly bounds?: readonly [low: number, high: number];
  /** Default 0.95. */
  readonly confidence?: number;
}

export interface AugmentedEffect extends TreatmentEffect {
  readonly estimand: 'all accounts';
  readonly scores: Float64Array;
  /** Accounts whose score was moved to a bound. */
  readonly bounded: number;
}

/**
 * Effect by augmented inverse probability weights with cross-fitting (Robins, Rotnitzky & Zhao 1994; Chernozhukov et al.
 * 2018): means of μ(x) + (outcome - μ(x)) / P(arm | x) over all accounts. The score is logistic; μ is logistic for
 * outcomes of 0 and 1, else linear, one for each arm, both fitted on the other folds. Right if either model is.
 *
 * Assumes what `propensityEffect` does. A covariate that does not vary in a training set, or that earlier ones make up
 * there, is left out of that one model.
 *
 * @throws StatisticsError `not-enough-data` if a training set lacks an arm or rows; `invalid-input`, `separation`
 */
export function augmentedEffect(columns: AugmentedColumns, options: AugmentedOptions = {}): AugmentedEffect {
  const { ridge = 1, bounds = [0.01, 0.99] } = options;
  const confidence = checkConfidence(options.confidence ?? 0.95);
  const [low, high] = bounds;
  if (!(low > 0 && low < high && high < 1)) {
    throw new StatisticsError('invalid-input', `bounds is [${low}, ${high}]: give 0 < low < high < 1.`);
  }
  const { treated, count, sizes } = treatedRows(columns.treated, columns.counts);
  const rows = treated.length;
  const outcome = finiteColumn('outcome', columns.outcome, rows);
  const covariates = Object.fromEntries(
    columnNames(columns.covariates).map((name) => [name, finiteColumn(`covariates.${name}`, columns.covariates[name]!, rows)]), // prettier-ignore
  );
  const folds = foldsOf(columns.fold, rows);
  const isBinary = outcome.every((one) => one === 0 || one === 1);
  const scores = new Float64Array(rows);
  const expected = [new Float64Array(rows), new Float64Array(rows)] as const;
  for (const [fold, members] of folds) {
    const others = Uint32Array.from([...folds].flatMap(([one, own]) => (one === fold ? [] : [...own]))).filter((i) => count[i]! > 0); // prettier-ignore
    const arms = [0, 1].map((arm) => others.filter((i) => treated[i] === arm));
    if (arms.some((own) => own.length === 0)) {
      throw new StatisticsError('not-enough-data', `fold ${fold}: the other folds have rows of one arm only; give fewer folds, or stratify them.`); // prettier-ignore
    }
    const model = { covariates, count, ridge };
    fitted(model, treated, true, others, members).forEach((one, k) => (scores[members[k]!] = one));
    arms.forEach((own, arm) => fitted(model, outcome, isBinary, own, members).forEach((one, k) => (expected[arm]![members[k]!] = one))); // prettier-ignore
  }
  let bounded = 0;
  const total = sizes[0] + sizes[1];
  const held = scores.map((one, i) => {
    if (one < low || one > high) bounded += count[i]!;
    return Math.min(high, Math.max(low, one));
  });
  const pseudo = [0, 1].map((arm) =>
    expected[arm as 0 | 1].map((one, i) => {
      const probability = arm === 1 ? held[i]! : 1 - held[i]!;
      return treated[i] === arm ? one + (outcome[i]! - one) / probability : one;
    }),
  ) as [Float64Array, Float64Array];
  const means = pseudo.map((own) => own.reduce((sum, one, i) => sum + (one * count[i]!) / total, 0)) as [number, number]; // prettier-ignore
  const influences = pseudo.map((own, arm) => own.map((one) => (one - means[arm]!) / total)) as typeof pseudo;
  return {
    ...effectOf(means, influences, count, isBinary, confidence),
    estimand: 'all accounts',
    scores: held,
    bounded,
  };
}

function foldsOf(given: ArrayLike<number>, rows: number): ReadonlyMap<number, Uint32Array> {
  checkLength('fold', given, rows);
  const folds = new Map<number, number[]>();
  for (let i = 0; i < rows; i++) {
    const fold = given[i]!;
    if (!(Number.isInteger(fold) && fold >= 0)) {
      throw new StatisticsError('invalid-input', `fold[${i}] is ${fold}: give whole numbers of 0 or more.`);
    }
    const members = folds.get(fold);
    if (members) members.push(i);
    else folds.set(fold, [i]);
  }
  if (folds.size >= 2) return new Map([...folds].map(([fold, own]) => [fold, Uint32Array.from(own)]));
  throw new StatisticsError('invalid-input', `fold has ${folds.size} value: give at least 2 folds.`);
}

interface NuisanceModel {
  readonly covariates: Readonly<Record<string, Float64Array>>;
  readonly count: Float64Array;
  readonly ridge: number;
}

/** Expected `target` of `members`, by a model of `training`. */
function fitted(
  { covariates, count, ridge }: NuisanceModel,
  target: ArrayLike<number>,
  isBinary: boolean,
  training: Uint32Array,
  members: Uint32Array,
): Float64Array {
  const weight = picked(count, training);
  const { kept: own } = independentColumns(chosenRows(covariates, training), weight);
  const next = chosenRows(Object.fromEntries(Object.keys(own).map((name) => [name, covariates[name]!])), members);
  const y = picked(target, training);
  if (y.every((one) => one === y[0])) return new Float64Array(members.length).fill(y[0]!);
  if (isBinary) {
    const fit = logisticRegression({ covariates: own, events: y.map((one, k) => one * weight[k]!), trials: weight }, { ridge }); // prettier-ignore
    return logisticProbabilities(fit, next, members.length);
  }
  // The cheaper errors, for only the estimates are asked for.
  const fit = linearRegression({ covariates: own, outcome: y, counts: weight }, { errors: 'equal' });
  const expected = new Float64Array(members.length).fill(fit.intercept.estimate);
  for (const { name, estimate } of fit.coefficients) {
    for (let k = 0; k < expected.length; k++) expected[k]! += estimate * next[name]![k]!;
  }
  return expected;
}
