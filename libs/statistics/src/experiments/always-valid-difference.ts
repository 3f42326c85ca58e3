import { StatisticsError } from '../statistics-error.js';
import { checkConfidence } from '../survival/checked-column.js';
import { checkArm, type ArmMoments } from './arm-moments.js';

export interface AlwaysValidOptions {
  /**
   * Accounts of both arms together at which the interval is narrowest for its kind: about as many as the experiment is
   * planned for. Chosen beforehand; any choice is valid, a bad one only wide.
   */
  readonly tightestAt: number;
  /** Default 0.95. */
  readonly confidence?: number;
}

export interface AlwaysValidDifference {
  /** Treatment less control. */
  readonly estimate: number;
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
  /** Of this look. The p of the experiment is the smallest of all looks so far, and stays valid whenever one stops. */
  readonly p: number;
  /** Accounts of both arms. */
  readonly accounts: number;
}

/**
 * Difference of two arms' means with an interval that holds at every look at once, so that one may look as often as one
 * likes and stop whenever one likes: an asymptotic confidence sequence (Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas
 * 2024, theorem 2.2; the normal mixture of Robbins 1970 and of Johari, Pekelis & Walsh 2017). With k = n ρ² for n
 * accounts and V the variance of the difference: half width √(V · 2(k + 1)/k · log(√(k + 1)/α)).
 *
 * From moments (`armMoments` of rows, `countMoments` of shares), so it runs on sums that a stream keeps. It is wider
 * than an interval for one look, by some 60 % where it is tightest: that is the price of looking.
 *
 * Assumes what `meanComparison` does; and begin to look when each arm has some tens of accounts with outcomes that vary.
 *
 * @throws StatisticsError `not-enough-data` below 2 accounts in an arm, or without any variance in either;
 *   `invalid-input`
 */
export function alwaysValidDifference(
  control: ArmMoments,
  treatment: ArmMoments,
  options: AlwaysValidOptions,
): AlwaysValidDifference {
  const alpha = 1 - checkConfidence(options.confidence ?? 0.95);
  const { tightestAt } = options;
  if (!(tightestAt >= 2 && tightestAt < Infinity)) {
    throw new StatisticsError('invalid-input', `tightestAt is ${tightestAt}: give the number of accounts that the experiment is planned for, 2 or more.`); // prettier-ignore
  }
  checkArm('control', control);
  checkArm('treatment', treatment);
  const variance = control.variance / control.accounts + treatment.variance / treatment.accounts;
  if (!(variance > 0)) {
    throw new StatisticsError('not-enough-data', 'Outcomes do not vary in either arm: look again when they do.');
  }
  const accounts = control.accounts + treatment.accounts;
  const k = (accounts * mixture(alpha)) / tightestAt;
  const estimate = treatment.mean - control.mean;
  const half = Math.sqrt(((variance * 2 * (k + 1)) / k) * Math.log(Math.sqrt(k + 1) / alpha));
  const p = Math.min(1, Math.sqrt(k + 1) * Math.exp((-(estimate * estimate) / variance) * (k / (2 * (k + 1)))));
  return { estimate, standardError: Math.sqrt(variance), lower: estimate - half, upper: estimate + half, p, accounts };
}

/** n ρ² at which the width is least, to a close approximation (the same paper, appendix on tuning). */
const mixture = (alpha: number): number => -2 * Math.log(alpha) + Math.log(1 - 2 * Math.log(alpha));
