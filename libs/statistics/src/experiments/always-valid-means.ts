import { StatisticsError } from '../statistics-error.js';
import { checkConfidence } from '../survival/checked-column.js';
import { checkPlanned, plannedWeight, type AlwaysValidDifference } from './always-valid-difference.js';
import { checkArm, type ArmMoments } from './arm-moments.js';
import { leastOf } from './least-of.js';

export interface AlwaysValidMeansOptions {
  /**
   * Accounts of both arms together at which the interval is narrowest for its kind: about as many as the experiment is
   * planned for. Chosen beforehand; any choice is valid, a bad one only wide.
   */
  readonly tightestAt: number;
  /** Default 0.95. */
  readonly confidence?: number;
}

/**
 * Difference of two arms' means with an interval that holds at every look at once: one may look as often as one likes
 * and stop whenever one likes. Exact from the second account of each arm on for normal outcomes, whatever the arms'
 * variances are.
 *
 * In each arm the mixture of t likelihood ratios over effects of variance g, in units of the standard deviation, is a
 * martingale of mean 1 if the arm's mean is m (Lai 1976; Wang & Ramdas 2024):
 * log M(m) = -½ log K + n/2 log((1 + u)/(1 + u/K)) with K = 1 + n g and u = t²/(n - 1). So is the product of the arms'.
 * The pairs (m₀, m₁) whose product is below 1/α hold the truth at all looks with probability 1 - α; the interval has
 * the differences of these pairs, and p is the least α at which none of them is 0.
 *
 * From moments (`armMoments`), so it runs on sums that a stream keeps. It is some 75 % wider than an interval for one
 * look where it is narrowest: the price of looking. While an arm has too few accounts it is infinite.
 *
 * Assumes that accounts are assigned by chance and do not move each other. Outcomes far from normal, such as amounts of
 * which most are 0, need some tens of accounts with an amount in each arm first; for 0 and 1 `alwaysValidProportions`.
 *
 * @throws StatisticsError `not-enough-data` below 2 accounts in an arm, or where an arm's outcomes do not vary;
 *   `invalid-input`
 */
export function alwaysValidMeans(
  control: ArmMoments,
  treatment: ArmMoments,
  options: AlwaysValidMeansOptions,
): AlwaysValidDifference {
  const alpha = 1 - checkConfidence(options.confidence ?? 0.95);
  const mixing = (2 * plannedWeight(alpha)) / checkPlanned('tightestAt', options.tightestAt);
  const [other, own] = [mixedArm('control', control, mixing), mixedArm('treatment', treatment, mixing)];
  const estimate = own.mean - other.mean;
  const budget = -Math.log(alpha) + (other.logK + own.logK) / 2;
  const half =
    budget < Math.min(limit(other), limit(own))
      ? -leastOf((part) => -reach(other, part * budget) - reach(own, (1 - part) * budget), 0, 1)
      : Infinity;
  const evidence = leastOf((part) => logMixture(other, part * estimate) + logMixture(own, (1 - part) * estimate), 0, 1);
  const accounts = other.accounts + own.accounts;
  return { estimate, lower: estimate - half, upper: estimate + half, p: Math.min(1, Math.exp(-evidence)), accounts };
}

interface MixedArm {
  readonly accounts: number;
  readonly mean: number;
  readonly standardError: number;
  /** log(1 + n g) */
  readonly logK: number;
}

function mixedArm(name: string, arm: ArmMoments, mixing: number): MixedArm {
  const { accounts, mean, variance } = checkArm(name, arm);
  const standardError = Math.sqrt(variance / accounts);
  if (standardError > 0) return { accounts, mean, standardError, logK: Math.log1p(accounts * mixing) };
  throw new StatisticsError('not-enough-data', `Outcomes of ${name} do not vary: look again when they do.`);
}

/** log M for a mean that is `apart` from the arm's. */
function logMixture({ accounts, standardError, logK }: MixedArm, apart: number): number {
  const u = (apart / standardError) ** 2 / (accounts - 1);
  const inverse = Math.exp(-logK);
  return -logK / 2 - (accounts / 2) * Math.log(inverse + (1 - inverse) / (1 + u));
}

/** log M grows by less than this, however far a mean is from the arm's. */
const limit = ({ accounts, logK }: MixedArm): number => (accounts / 2) * logK;

/** How far from the arm's mean log M has grown by `excess`. */
function reach({ accounts, standardError, logK }: MixedArm, excess: number): number {
  const grown = (2 * excess) / accounts;
  return standardError * Math.sqrt(((accounts - 1) * Math.expm1(grown)) / -Math.expm1(grown - logK));
}
