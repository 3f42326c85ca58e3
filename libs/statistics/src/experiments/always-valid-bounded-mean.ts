import { bracketedRoot } from '../bracketed-root.js';
import { StatisticsError } from '../statistics-error.js';
import { LARGEST, checkConfidence, finiteColumn, isCountable, lengthOf } from '../survival/checked-column.js';

export interface BoundedMeanOptions {
  /** No outcome can be below or above, in its own unit: of a share 0 and 1, of a score its scale. Known beforehand. */
  readonly lowest: number;
  readonly highest: number;
  /** Default 0.95. */
  readonly confidence?: number;
}

/** One group's mean with an interval that holds at every look at once, however often one looks. */
export interface AlwaysValidMean {
  /** The mean so far, in the outcome's unit. */
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  readonly accounts: number;
}

/** No bet risks more than this share of the capital, whatever comes. */
const MOST_RISKED = 0.5;

/** Capital is a number between it and its inverse; beyond, its logarithm is taken. */
const COUNTABLE = 1e200;

/**
 * Mean of outcomes that have bounds, with an interval that holds at every look at once, from the first account on: one may
 * look after any account and stop whenever one likes. Exact whatever the outcomes' distribution is between its bounds.
 *
 * Hedged capital with predictable plug-in bets (Waudby-Smith & Ramdas 2024, JRSS B 86, theorem 3): against a mean m, one
 * bets on outcomes above it, K⁺ = Π (1 + min(λ_i, c/m) (x_i - m)), and with the other half of the capital on outcomes below,
 * K⁻ = Π (1 - min(λ_i, c/(1 - m)) (x_i - m)), with c = 1/2, x between 0 and 1 and λ_i = √(2 log(2/α) / (s² i log(1 + i))) from
 * the variance s² of those before i. Both are martingales of mean 1 if m is the mean, so that the larger half exceeds 1/α at
 * any look with probability α at most (Ville 1939). The interval has the means that are not bet against so well.
 *
 * Values are in the order in which the outcomes came, for bets rest on what came before; another order gives another
 * interval, as valid. Intervals of several looks may be cut with each other.
 *
 * @param values one outcome an account, n of them; the time is linear in n
 * @throws StatisticsError `not-enough-data` without values; `invalid-input`, also where the values speak against every mean
 */
export function alwaysValidBoundedMean(values: ArrayLike<number>, options: BoundedMeanOptions): AlwaysValidMean {
  const alpha = 1 - checkConfidence(options.confidence ?? 0.95);
  const accounts = lengthOf('values', values);
  if (!(accounts > 0)) throw new StatisticsError('not-enough-data', 'values is empty: give at least one.');
  const { lowest, highest } = checkBounds(options);
  const outcomes = scaled(values, lowest, highest);
  const bets = predictableBets(outcomes, alpha);
  const enough = Math.log(2 / alpha);
  const low = leastMean(outcomes, bets, enough);
  // Bets on outcomes below are bets on what they fall short of the highest by.
  const high = 1 - leastMean(outcomes.map((x) => 1 - x), bets, enough); // prettier-ignore
  if (low > high) throw new StatisticsError('invalid-input', 'values speak against every mean: it moved while they came; ask for a shorter time, in which it rests.'); // prettier-ignore
  const unscaled = (x: number): number => Math.min(highest, lowest + x * (highest - lowest));
  const mean = outcomes.reduce((sum, x) => sum + x, 0) / accounts;
  return { estimate: unscaled(mean), lower: unscaled(low), upper: unscaled(high), accounts };
}

function checkBounds({ lowest, highest }: BoundedMeanOptions): BoundedMeanOptions {
  const areNumbers = [lowest, highest].every((one) => typeof one === 'number' && Math.abs(one) <= LARGEST);
  if (areNumbers && isCountable(highest - lowest) && highest > lowest) return { lowest, highest };
  throw new StatisticsError('invalid-input', `lowest is ${lowest} and highest ${highest}: give the bounds of an outcome, two finite numbers, the lower one first.`); // prettier-ignore
}

/** Between 0 and 1. */
function scaled(values: ArrayLike<number>, lowest: number, highest: number): Float64Array {
  const column = finiteColumn('values', values, lengthOf('values', values));
  const row = column.findIndex((one) => one < lowest || one > highest);
  if (row < 0) return column.map((one) => Math.min(1, (one - lowest) / (highest - lowest)));
  throw new StatisticsError('invalid-input', `values[${row}] is ${column[row]}: give numbers from ${lowest} to ${highest}, or wider bounds, fixed before looking.`); // prettier-ignore
}

/** λ_i of all i. The mean and the variance begin as if one outcome of 1/2, and one of variance 1/4, had come before. */
function predictableBets(outcomes: Float64Array, alpha: number): Float64Array {
  let sum = 1 / 2;
  let squares = 1 / 4;
  return outcomes.map((x, i) => {
    const bet = Math.sqrt((-2 * Math.log(alpha / 2)) / (squares * Math.log(i + 2)));
    sum += x;
    squares += (x - sum / (i + 2)) ** 2;
    return bet;
  });
}

/** The least mean against which bets on outcomes above it have not earned enough; their capital falls as it rises. */
function leastMean(outcomes: Float64Array, bets: Float64Array, enough: number): number {
  const excess = (mean: number): number => {
    const most = MOST_RISKED / mean;
    let log = -enough;
    let capital = 1;
    for (let i = 0; i < outcomes.length; i++) {
      capital *= 1 + Math.min(bets[i]!, most) * (outcomes[i]! - mean);
      // No factor is below 1/2 or above some tens.
      if (capital > 1 / COUNTABLE && capital < COUNTABLE) continue;
      log += Math.log(capital);
      capital = 1;
    }
    return log + Math.log(capital);
  };
  return excess(0) <= 0 ? 0 : bracketedRoot(excess, 0, 1, 1e-12);
}
