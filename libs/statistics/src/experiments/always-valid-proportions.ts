import betaln from '@stdlib/math-base-special-betaln';
import { bracketedRoot } from '../bracketed-root.js';
import { StatisticsError } from '../statistics-error.js';
import { checkConfidence } from '../survival/checked-column.js';
import { checkPlanned, plannedWeight, type AlwaysValidDifference } from './always-valid-difference.js';
import { assignmentMartingale } from './assignment-martingale.js';
import { checkCounts, type ArmCounts } from './arm-counts.js';

export interface AlwaysValidProportionsOptions {
  /**
   * What is known beforehand, such as from the company's own history: the share of accounts with the event, and how
   * many accounts of both arms together are planned for. A good guess makes the interval some 20 % narrower than none;
   * a bad one is as valid, and some 7 % wider.
   */
  readonly expected?: { readonly share: number; readonly accounts: number };
  /**
   * Share of accounts that the assignment gives to treatment, such as 0.9 where a tenth is held out; with `expected`. To be
   * given only where each account is assigned by chance and by itself, as a hash does, and all that were assigned are
   * counted once their outcome can be known. Then the interval is narrower with many accounts.
   */
  readonly assigned?: number;
  /** Default 0.95. */
  readonly confidence?: number;
}

/** Of an arm that gets fewer nothing is learnt from the assignment. */
const LEAST_ASSIGNED = 1e-6;

/** Beyond it logarithms of the beta function lose the digits that are asked for. */
const MOST_ACCOUNTS = 1e12;

/**
 * Difference of two arms' shares with an interval that holds at every look at once, from the first account on: one may
 * look as often as one likes and stop whenever one likes. Exact, by no large-sample theorem.
 *
 * In each arm the beta mixture of likelihood ratios, M(p) = ∫ θ^s (1-θ)^f dΠ(θ) / p^s (1-p)^f for s events and f others,
 * is a martingale of mean 1 if p is the arm's share (Ville 1939, Robbins 1970), and so is the product of the arms'. The
 * pairs (p₀, p₁) whose product is below 1/α hold the truth at all looks with probability 1 - α; the interval has the
 * differences p₁ - p₀ of these pairs, and p is the least α at which none of them is 0. Π is uniform, and half of it
 * around what was expected if anything was. From counts alone, so it runs on what a stream keeps.
 *
 * With `assigned`, half of the evidence against a difference is that of `assignmentMartingale`, which knows nothing of
 * the two shares but their difference, and so does not pay for both.
 *
 * The price of looking, and of being exact: at 1,000 accounts 2.2 times as wide as an interval for one look, 1.8 times
 * with `expected`, 1.6 times with `assigned` too. It misses the truth less often than it may.
 *
 * Assumes that accounts are assigned by chance and do not move each other.
 *
 * @throws StatisticsError `not-enough-data` without accounts in an arm; `invalid-input`
 */
export function alwaysValidProportions(
  control: ArmCounts,
  treatment: ArmCounts,
  options: AlwaysValidProportionsOptions = {},
): AlwaysValidDifference {
  const alpha = 1 - checkConfidence(options.confidence ?? 0.95);
  const priors = mixture(options.expected, alpha);
  const [other, own] = [checked('control', control), checked('treatment', treatment)];
  const evidence = logEvidence(other, priors) + logEvidence(own, priors);
  const byAssignment = assignmentEvidence(other, own, options, alpha);
  const estimate = own.share - other.share;
  /** log of the evidence against a difference on one side of the estimate; grows with the distance. */
  const against = (difference: number, side: 'above' | 'below'): number => {
    const shares = evidence + leastDivergence(other, own, difference);
    return byAssignment === null ? shares : logMean(shares, byAssignment(difference, side) - Math.LN2);
  };
  const enough = -Math.log(alpha);
  const edge = (end: -1 | 1): number => {
    const excess = (difference: number) =>
      Math.max(-50, Math.min(50, against(difference, end === -1 ? 'above' : 'below') - enough));
    if (estimate === end || excess(end) <= 0) return end;
    return excess(estimate) >= 0 ? estimate : bracketedRoot(excess, estimate, end, 1e-10);
  };
  const p = Math.min(1, Math.exp(-against(0, estimate > 0 ? 'above' : 'below')));
  return { estimate, lower: edge(-1), upper: edge(1), p, accounts: other.accounts + own.accounts };
}

function assignmentEvidence(control: Arm, treatment: Arm, options: AlwaysValidProportionsOptions, alpha: number) {
  const { assigned, expected } = options;
  if (assigned === undefined) return null;
  if (expected === undefined || !(assigned >= LEAST_ASSIGNED && assigned <= 1 - LEAST_ASSIGNED)) {
    throw new StatisticsError('invalid-input', `assigned is ${assigned}${expected ? '' : ' without expected'}: give a share from ${LEAST_ASSIGNED} to ${1 - LEAST_ASSIGNED}, and what was expected.`); // prettier-ignore
  }
  return assignmentMartingale(control, treatment, { assigned, ...expected }, alpha / 2);
}

const logMean = (one: number, other: number): number => {
  const most = Math.max(one, other);
  return most === Infinity ? most : most + Math.log((Math.exp(one - most) + Math.exp(other - most)) / 2);
};

interface Arm {
  readonly events: number;
  readonly others: number;
  readonly accounts: number;
  readonly share: number;
}

type Beta = readonly [events: number, others: number];

function checked(name: string, arm: ArmCounts): Arm {
  checkCounts(name, arm, 1);
  const { events, accounts } = arm;
  if (accounts > MOST_ACCOUNTS) {
    throw new StatisticsError('invalid-input', `${name} has ${accounts} accounts: give at most ${MOST_ACCOUNTS}.`);
  }
  const share = events / accounts;
  // So few that their share is no number above 0 are none.
  return share === 0 ? { events: 0, accounts, others: accounts, share } : { events, accounts, others: accounts - events, share }; // prettier-ignore
}

const UNIFORM: Beta = [1, 1];

function mixture(expected: AlwaysValidProportionsOptions['expected'], alpha: number): readonly Beta[] {
  if (expected === undefined) return [UNIFORM];
  const { share, accounts } = expected;
  if (!(share > 0 && share < 1)) {
    throw new StatisticsError('invalid-input', `expected.share is ${share}: give a share between 0 and 1.`);
  }
  const weight = checkPlanned('expected.accounts', accounts) / 2 / plannedWeight(alpha);
  return [UNIFORM, [weight * share, weight * (1 - share)]];
}

/** log M at the arm's own share: at most 0. */
function logEvidence({ events, others, share }: Arm, priors: readonly Beta[]): number {
  const likelihood = times(events, share) + times(others, 1 - share);
  const logs = priors.map(([a, b]) => betaln(a + events, b + others) - betaln(a, b) - likelihood);
  const most = Math.max(...logs);
  return Math.min(0, most + Math.log(logs.reduce((sum, one) => sum + Math.exp(one - most), 0) / logs.length));
}

/** log M(p) less log M at the arm's own share: n times the Kullback–Leibler divergence. Infinite where p is impossible. */
const divergence = ({ events, others, share }: Arm, p: number): number =>
  Math.max(0, times(events, share / p) + times(others, (1 - share) / (1 - p)));

const times = (count: number, ratio: number): number => (count === 0 ? 0 : count * Math.log(ratio));

/** The least of both arms' divergences over all pairs of shares with this difference: a convex function of one share. */
function leastDivergence(control: Arm, treatment: Arm, difference: number): number {
  const [low, high] = [Math.max(0, -difference), Math.min(1, 1 - difference)];
  const inside = (p: number) => Math.min(high, Math.max(low, p));
  const shift = inside(treatment.share - difference);
  const [from, to] = [inside(control.share), shift].sort((a, b) => a - b) as [number, number];
  const most = control.accounts + treatment.accounts;
  const slope = (p: number) =>
    Math.max(-most, Math.min(most, slopeOf(control, p) + slopeOf(treatment, Math.min(1, Math.max(0, p + difference)))));
  const at = from === to || slope(from) >= 0 ? from : slope(to) <= 0 ? to : bracketedRoot(slope, from, to, 1e-15);
  return divergence(control, at) + divergence(treatment, Math.min(1, Math.max(0, at + difference)));
}

const slopeOf = ({ events, others }: Arm, p: number): number =>
  (others === 0 ? 0 : others / (1 - p)) - (events === 0 ? 0 : events / p);
