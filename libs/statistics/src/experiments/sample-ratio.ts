import lgamma from '@stdlib/math-base-special-gammaln';
import { chiSquareUpperTail } from '../distributions.js';
import { StatisticsError } from '../statistics-error.js';
import { LARGEST, finiteColumn, lengthOf } from '../survival/checked-column.js';

export interface SampleRatioOptions {
  /** What the assignment should give each arm, as shares or in any one unit. Default: all the same. */
  readonly shares?: ArrayLike<number>;
  /** Below it the readout is blocked. Default 0.001: a true alarm has a cause that no effect outweighs. */
  readonly threshold?: number;
  /** Of `sampleRatioWatch` only: how closely the shares are believed beforehand, in accounts. Default 1,000. */
  readonly concentration?: number;
}

export interface SampleRatio {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
  readonly expected: Float64Array;
  /** Whether the arms' sizes say that the assignment, or what was recorded of it, went wrong: read nothing then. */
  readonly isMismatch: boolean;
}

/**
 * Sample-ratio check (Fabijan et al. 2019): Pearson's test that the arms' sizes are those which the assignment should
 * give. For one look; for one at every readout `sampleRatioWatch`.
 *
 * @param accounts assigned to each arm, whether they did anything or not
 * @throws StatisticsError `not-enough-data` without 2 arms or accounts; `invalid-input`
 */
export function sampleRatio(accounts: ArrayLike<number>, options: SampleRatioOptions = {}): SampleRatio {
  const { counts, shares, total, threshold } = checkedArms(accounts, options);
  const expected = shares.map((one) => one * total);
  const statistic = counts.reduce((sum, one, k) => sum + (one - expected[k]!) ** 2 / expected[k]!, 0);
  const p = chiSquareUpperTail(statistic, counts.length - 1);
  return { statistic, degreesOfFreedom: counts.length - 1, p, expected, isMismatch: p < threshold };
}

export interface SampleRatioWatch {
  /** Evidence against the shares: Bayes factor of any other shares, Dirichlet around them. */
  readonly bayesFactor: number;
  /** At most this probable ever to be seen if the shares hold. Take the least of the looks so far. */
  readonly p: number;
  readonly expected: Float64Array;
  readonly isMismatch: boolean;
}

/**
 * The same check for as many looks as one likes (Lindon & Malek 2022): p is 1 / Bayes factor, which stays above the
 * threshold for ever with probability 1 - threshold. It needs a few times more accounts for the same alarm.
 *
 * @throws StatisticsError as `sampleRatio`
 */
export function sampleRatioWatch(accounts: ArrayLike<number>, options: SampleRatioOptions = {}): SampleRatioWatch {
  const { concentration = 1000 } = options;
  const { counts, shares, total, threshold } = checkedArms(accounts, options);
  if (!(concentration > 0 && concentration <= LARGEST)) {
    throw new StatisticsError('invalid-input', `concentration is ${concentration}: give a number of accounts above 0.`);
  }
  let evidence = lgamma(concentration) - lgamma(concentration + total);
  counts.forEach((one, k) => {
    const prior = concentration * shares[k]!;
    evidence += lgamma(prior + one) - lgamma(prior) - one * Math.log(shares[k]!);
  });
  const p = Math.min(1, Math.exp(-evidence));
  return { bayesFactor: Math.exp(evidence), p, expected: shares.map((one) => one * total), isMismatch: p < threshold };
}

function checkedArms(accounts: ArrayLike<number>, { shares, threshold = 0.001 }: SampleRatioOptions) {
  const arms = lengthOf('accounts', accounts);
  if (arms < 2) throw new StatisticsError('not-enough-data', `accounts has ${arms} arms: give at least 2.`);
  const counts = finiteColumn('accounts', accounts, arms);
  const wrong = counts.findIndex((one) => one < 0);
  if (wrong >= 0) throw new StatisticsError('invalid-input', `accounts[${wrong}] is ${counts[wrong]}: give 0 or more.`);
  const total = counts.reduce((sum, one) => sum + one, 0);
  if (total === 0) throw new StatisticsError('not-enough-data', 'All accounts are 0: nobody is assigned yet.');
  const wanted = shares === undefined ? new Float64Array(arms).fill(1) : finiteColumn('shares', shares, arms);
  const none = wanted.findIndex((one) => !(one > 0));
  if (none >= 0) throw new StatisticsError('invalid-input', `shares[${none}] is ${wanted[none]}: give a share above 0, or leave the arm out.`); // prettier-ignore
  if (!(threshold > 0 && threshold < 1)) {
    throw new StatisticsError('invalid-input', `threshold is ${threshold}: give a probability between 0 and 1.`);
  }
  const whole = wanted.reduce((sum, one) => sum + one, 0);
  const least = wanted.findIndex((one) => one < whole * 1e-12);
  if (least >= 0) throw new StatisticsError('invalid-input', `shares[${least}] is ${wanted[least]} of ${whole}: no arm that is never assigned to; leave it out.`); // prettier-ignore
  return { counts, shares: wanted.map((one) => one / whole), total, threshold };
}
