import type { ArmCounts } from './arm-counts.js';

/** What the assignment and the company's history say beforehand. */
export interface AssignmentPlan {
  /** Share of accounts that treatment gets. */
  readonly assigned: number;
  /** Share of accounts with the event that was expected. */
  readonly share: number;
  /** Accounts planned for. */
  readonly accounts: number;
}

/** Bets of one direction: enough that more change nothing in four digits. */
const NODES = 40;
/** No bet may risk all that is there, at any difference between -1 and 1. */
const MOST_RISKED = 0.98;

/**
 * Evidence against a difference of shares by an assignment that is known. With arm A (1 with probability π), outcome Y and
 * any m fixed beforehand, X = (Y - m)(A/π - (1 - A)/(1 - π)) has mean p₁ - p₀ and few values, so that Π (1 + λ (X - δ)) is
 * a martingale of mean 1 at the true difference δ, whatever the shares are (Waudby-Smith & Ramdas 2024, betting), and a
 * function of the counts. So is its mean over λ > 0 and that over λ < 0, here normal around 0 and cut at 4 deviations.
 *
 * @returns log of that mean, of bets that the difference lies above δ (`above`) or below; monotone in δ
 */
export function assignmentMartingale(
  control: ArmCounts,
  treatment: ArmCounts,
  { assigned, share, accounts }: AssignmentPlan,
  alpha: number,
): (difference: number, direction: 'above' | 'below') => number {
  const values = [
    [treatment.events, (1 - share) / assigned],
    [treatment.accounts - treatment.events, -share / assigned],
    [control.events, -(1 - share) / (1 - assigned)],
    [control.accounts - control.events, share / (1 - assigned)],
  ].filter(([count]) => count! > 0) as [count: number, value: number][];
  // Of all values that may come, not of those that came.
  const farthest = 1 + Math.max(share, 1 - share) / Math.min(assigned, 1 - assigned);
  const variance = (share * (1 - share)) / (assigned * (1 - assigned));
  const weight = -2 * Math.log(alpha) + Math.log(1 - 2 * Math.log(alpha));
  const deviation = Math.sqrt(weight / (accounts * variance));
  const most = Math.min(4 * deviation, MOST_RISKED / farthest);
  const bets = Array.from({ length: NODES }, (_, k) => (most * (k + 0.5)) / NODES);
  const density = bets.map((bet) => Math.exp(-((bet / deviation) ** 2) / 2));
  const total = density.reduce((sum, one) => sum + one, 0);
  return (difference, direction) => {
    const sign = direction === 'above' ? 1 : -1;
    const logs = bets.map((bet, k) => {
      let log = Math.log(density[k]! / total);
      for (const [count, value] of values) log += count * Math.log1p(sign * bet * (value - difference));
      return log;
    });
    const largest = Math.max(...logs);
    return largest + Math.log(logs.reduce((sum, one) => sum + Math.exp(one - largest), 0));
  };
}
