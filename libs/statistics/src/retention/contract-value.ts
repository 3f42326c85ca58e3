import { StatisticsError } from '../statistics-error.js';
import { finiteColumn, lengthOf } from '../survival/checked-column.js';
import { intervalWidth } from '../survival/probability-interval.js';
import { termsWithError, type LifetimeEstimate, type LifetimeOptions } from './discounted-lifetime.js';
import { termFactor } from './discounted-terms.js';
import type { ShiftedBetaGeometric } from './shifted-beta-geometric.js';

export interface ContractOptions extends LifetimeOptions {
  /** What the first term that counts brings, after its costs; above 0. The value has its unit. */
  readonly margin: number;
  /** Standard error of the margin, independent of that of retention. Default 0: known. */
  readonly marginError?: number;
  /** By how much the margin of an account that stays grows a term: expansion. Default 0. */
  readonly growth?: number;
}

/**
 * Lifetime value of a contract: Σ margin (1 + growth)^k × P(still there) / (1 + discount)^k, paid at each term's start,
 * from a shifted beta-geometric (Fader & Hardie 2010, with growth added to the discount). For a new account the first
 * term is certain; for one in its n-th term (`active`) it is what lies beyond the current term, at the value of the
 * renewal's day. The interval is by the delta method on the log scale, of the expected value: a single account's own
 * value varies far more.
 *
 * Assumes that expansion does not depend on how likely an account is to leave, and a constant rate per term. Without an
 * end, growth must stay below the discount.
 *
 * @throws StatisticsError `invalid-input`, also where the sum has no end; `no-convergence`
 */
export function contractValue(fit: ShiftedBetaGeometric, options: ContractOptions): LifetimeEstimate {
  const { margin, marginError, factor, z } = checkedContract(options);
  const { estimate: terms, logError } = termsWithError(fit, options, factor);
  const relative = Math.hypot(logError, marginError / margin);
  const estimate = margin * terms;
  return { estimate, standardError: estimate * relative, lower: estimate / Math.exp(z * relative), upper: estimate * Math.exp(z * relative) }; // prettier-ignore
}

/** A survival sequence from any source, such as `kaplanMeier` by renewal or `discreteSurvival`. */
export interface SurvivalSequence {
  /** Share still there at the start of each term, from the first that counts: 1, S(1), S(2) … Never rising. */
  readonly survival: ArrayLike<number>;
  /** Bounds of each. Without them the value has no interval. */
  readonly lower?: ArrayLike<number>;
  readonly upper?: ArrayLike<number>;
}

export interface SequenceValue {
  readonly estimate: number;
  /** The value with all the lower or all the upper bounds at once: wider than the confidence of each. Null without. */
  readonly lower: number | null;
  readonly upper: number | null;
  /** Terms that were counted: what lies beyond the sequence is not. */
  readonly terms: number;
}

/**
 * The same from a survival sequence. Nothing is said of what lies beyond it, so that the value is that of its terms.
 *
 * @throws StatisticsError `not-enough-data` for an empty sequence, `invalid-input`
 */
export function sequenceContractValue(
  { survival, lower, upper }: SurvivalSequence,
  options: Omit<ContractOptions, 'active' | 'confidence' | 'marginError'>,
): SequenceValue {
  const { margin, factor } = checkedContract(options);
  const terms = Math.min(options.terms ?? Infinity, lengthOf('survival', survival));
  if (terms === 0) throw new StatisticsError('not-enough-data', 'survival is empty: give the share at the start of each term.'); // prettier-ignore
  const valueOf = (name: string, column: ArrayLike<number>): number => {
    const shares = finiteColumn(name, column, survival.length);
    shares.forEach((one, t) => {
      if (one >= 0 && one <= (t === 0 ? 1 : shares[t - 1]!)) return;
      throw new StatisticsError('invalid-input', `${name}[${t}] is ${one}: give shares from 0 to 1, none larger than the one before.`); // prettier-ignore
    });
    return shares.slice(0, terms).reduce((sum, one, k) => sum + margin * factor ** k * one, 0);
  };
  return {
    estimate: valueOf('survival', survival),
    lower: lower === undefined ? null : valueOf('lower', lower),
    upper: upper === undefined ? null : valueOf('upper', upper),
    terms,
  };
}

function checkedContract(options: ContractOptions) {
  const { margin, marginError = 0, growth = 0 } = options;
  if (!(margin > 0 && margin < Infinity && marginError >= 0 && marginError < Infinity)) {
    throw new StatisticsError('invalid-input', `margin is ${margin} with marginError ${marginError}: give a finite margin above 0 and a finite error of 0 or more.`); // prettier-ignore
  }
  return { margin, marginError, factor: termFactor(options, growth), z: intervalWidth(options.confidence ?? 0.95) };
}
