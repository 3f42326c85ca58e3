import { StatisticsError } from '../statistics-error.js';
import { checkConfidence, finiteColumn, picked } from '../survival/checked-column.js';
import { checkScheme, estimandOf, schemeWeight, balancingWeights, type Estimand, type WeightScheme } from './balancing-weights.js'; // prettier-ignore
import { BALANCED_WITHIN, covariateBalance, type CovariateBalance } from './covariate-balance.js';
import { effectiveSampleSize } from './effective-sample-size.js';
import { propensityOverlap, type PropensityOverlap } from './propensity-overlap.js';
import { propensityScores, type PropensityScores } from './propensity-scores.js';
import { effectOf, type TreatmentEffect } from './treatment-effect.js';
import {
  chosenRows,
  standardisedCovariates,
  treatedRows,
  type OutcomeColumns,
  type TreatedRows,
} from './treated-rows.js';

export interface PropensityOptions {
  /** Default `overlap`. */
  readonly scheme?: WeightScheme;
  /** Leave out scores outside [low, high], such as [0.1, 0.9], and fit the scores again on the rest. Default none. */
  readonly trim?: readonly [low: number, high: number];
  readonly ridge?: number;
  /** Default 0.95. */
  readonly confidence?: number;
}

export interface PropensityEffect extends TreatmentEffect {
  readonly scheme: WeightScheme;
  readonly estimand: Estimand;
  /** Accounts left out by trimming: the estimand is then of the accounts that stay. */
  readonly trimmed: number;
  readonly accounts: { readonly treated: number; readonly others: number };
  readonly effectiveSize: { readonly treated: number; readonly others: number };
  readonly balance: readonly CovariateBalance[];
  /** Whether all differences are below 0.1 with the weights. Where not, causal words are not earned. */
  readonly isBalanced: boolean;
  /** Of all accounts, before trimming. */
  readonly overlap: PropensityOverlap;
}

/**
 * Effect of a treatment by propensity weights: weighted means of the arms (Hájek's), with standard errors that allow
 * for the scores' being estimated (Lunceford & Davidian 2004: each account's influence on the means, through the scores
 * too). Counts by pattern give the same answer as rows.
 *
 * Assumes that the covariates hold all that moves both treatment and outcome (`eValue` says how strong what they lack
 * must be), that both arms are possible for all accounts weighed, that accounts do not move each other, and that
 * covariates are of before the treatment. Trimming is taken as given: its own chance is not in the interval.
 *
 * @throws StatisticsError `not-enough-data` if an arm is empty, also after trimming; `invalid-input`, `collinear`,
 *   `separation` if a covariate decides who is treated
 */
export function propensityEffect(columns: OutcomeColumns, options: PropensityOptions = {}): PropensityEffect {
  const { scheme = 'overlap', trim, ridge } = options;
  checkScheme(scheme);
  const confidence = checkConfidence(options.confidence ?? 0.95);
  const all = treatedRows(columns.treated, columns.counts);
  const rows = all.treated.length;
  const outcome = finiteColumn('outcome', columns.outcome, rows);
  const standardised = standardisedCovariates(columns.covariates, all.count);
  const fitted = propensityScores({ treated: all.treated, covariates: standardised, counts: all.count }, { ridge });
  const overlap = propensityOverlap(all.treated, fitted.scores, { counts: all.count });
  const kept = keptRows(fitted.scores, all, trim);
  const own: OutcomeColumns = {
    treated: picked(all.treated, kept),
    outcome: picked(outcome, kept),
    counts: picked(all.count, kept),
    covariates: chosenRows(columns.covariates, kept),
  };
  const inner: OutcomeColumns = { ...own, covariates: chosenRows(standardised, kept) };
  const { sizes, treated, count } = treatedRows(own.treated, own.counts);
  const scored = trim === undefined ? { ...fitted, scores: picked(fitted.scores, kept) } : propensityScores(inner, { ridge }); // prettier-ignore
  const weights = balancingWeights(treated, scored.scores, scheme, count);
  const balance = covariateBalance(own, weights);
  const sizeOf = (arm: number): number => {
    const isOf = Uint32Array.from(treated.keys()).filter((i) => treated[i] === arm);
    return effectiveSampleSize(picked(weights, isOf), picked(count, isOf));
  };
  return {
    ...weightedEffect(inner, { treated, count, sizes }, scored, scheme, confidence),
    scheme,
    estimand: estimandOf[scheme],
    trimmed: all.sizes[0] + all.sizes[1] - sizes[0] - sizes[1],
    accounts: { treated: sizes[1], others: sizes[0] },
    effectiveSize: { treated: sizeOf(1), others: sizeOf(0) },
    balance,
    isBalanced: balance.every((one) => Math.abs(one.after) < BALANCED_WITHIN),
    overlap,
  };
}

function keptRows(scores: Float64Array, all: TreatedRows, trim: PropensityOptions['trim']): Uint32Array {
  const [low, high] = trim ?? [0, 1];
  if (!(low >= 0 && low < high && high <= 1)) {
    throw new StatisticsError('invalid-input', `trim is [${low}, ${high}]: give bounds with 0 ≤ low < high ≤ 1, such as [0.1, 0.9].`); // prettier-ignore
  }
  const kept = Uint32Array.from(scores.keys()).filter(
    (i) => all.count[i]! > 0 && scores[i]! >= low && scores[i]! <= high,
  );
  const arms = new Set(picked(all.treated, kept));
  if (arms.size === 2) return kept;
  throw new StatisticsError('not-enough-data', `trim leaves ${kept.length === 0 ? 'no rows' : `only rows with treated ${[...arms][0]}`}: the arms do not overlap between ${low} and ${high}.`); // prettier-ignore
}

function weightedEffect(
  columns: OutcomeColumns,
  { treated, count }: TreatedRows,
  { fit, scores }: PropensityScores,
  scheme: WeightScheme,
  confidence: number,
): TreatmentEffect {
  const { outcome } = columns;
  const rows = treated.length;
  const design = [new Float64Array(rows).fill(1), ...fit.names.map((name) => columns.covariates[name]!)];
  const arms = [0, 1].map((arm) => {
    const [weights, slopes] = [new Float64Array(rows), new Float64Array(rows)];
    let [total, mean] = [0, 0];
    for (let i = 0; i < rows; i++) {
      if (treated[i] !== arm) continue;
      [weights[i], slopes[i]] = schemeWeight(scheme, arm, scores[i]!);
      total += count[i]! * weights[i]!;
    }
    for (let i = 0; i < rows; i++) mean += ((count[i]! * weights[i]!) / total) * outcome[i]!;
    // How the mean moves with the scores' coefficients, times their covariance.
    const moved = design.map((column) => {
      let sum = 0;
      for (let i = 0; i < rows; i++) sum += (count[i]! * slopes[i]! * (outcome[i]! - mean) * column[i]!) / total;
      return sum;
    });
    const through = fit.covariance.map((row) => row.reduce((sum, one, b) => sum + one * moved[b]!, 0));
    const influence = new Float64Array(rows);
    design.forEach((column, a) => {
      for (let i = 0; i < rows; i++) influence[i]! += column[i]! * through[a]!;
    });
    for (let i = 0; i < rows; i++) {
      influence[i] = (weights[i]! * (outcome[i]! - mean)) / total + (treated[i]! - scores[i]!) * influence[i]!;
    }
    return { mean, influence };
  });
  const isBinary = Array.from(outcome).every((one) => one === 0 || one === 1);
  const [other, own] = arms as [(typeof arms)[0], (typeof arms)[0]];
  return effectOf([other.mean, own.mean], [other.influence, own.influence], count, isBinary, confidence);
}
