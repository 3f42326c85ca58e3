import { brierScore, logisticPredictions, logisticRegression, StatisticsError } from '@milepost/statistics';
import type { LogisticFit } from '@milepost/statistics';

/** A term of a contract, with what was known a week before it was decided (or is known now). */
export interface Term {
  segment: string;
  size: number;
  term: number;
  idle: number;
  active: number;
  milestones: number;
}
export type DecidedTerm = Term & { week: number; lost: number; accounts: number };

/** Pulls coefficients towards none: losses are few. */
const RIDGE = 1;
/** Decisions of the last weeks, about this share, are kept to judge the model on. */
const LATER_SHARE = 0.3;

export const FACTORS = {
  idle: 'days since the last succeeded core action, up to 30',
  active: 'active days of the last 14',
  milestones: 'milestones reached',
  term: 'term of the contract',
  size: 'log2(company size)',
} as const;
export type Factor = keyof typeof FACTORS;
const NAMES = Object.keys(FACTORS) as Factor[];

const covariates = (rows: readonly Term[]) => Object.fromEntries(NAMES.map((name) => [name, rows.map((row) => row[name])])); // prettier-ignore

export function fitLoss(rows: readonly DecidedTerm[]): LogisticFit {
  return logisticRegression(
    {
      covariates: covariates(rows),
      events: rows.map((row) => row.lost * row.accounts),
      trials: rows.map((row) => row.accounts),
    },
    { ridge: RIDGE },
  );
}

export const predictLoss = (fit: LogisticFit, rows: readonly Term[]) => logisticPredictions(fit, covariates(rows));

export interface Judged {
  on: number;
  losses: number;
  brier: number | null;
  baseBrier: number | null;
  beatsBase: boolean;
}

const countOf = (rows: readonly DecidedTerm[]): number => rows.reduce((sum, { accounts }) => sum + accounts, 0);
export const lossesOf = (rows: readonly DecidedTerm[]): number => countOf(rows.filter(({ lost }) => lost === 1));

/** Fitted on the earlier decisions and judged on the later ones, beside the share that was lost in each segment. */
export function judgeLoss(rows: readonly DecidedTerm[]): Judged {
  const cut = cutWeek(rows);
  const [earlier, later] = [rows.filter(({ week }) => week < cut), rows.filter(({ week }) => week >= cut)];
  const judged = { on: countOf(later), losses: lossesOf(later) };
  try {
    const fit = fitLoss(earlier);
    // Each decision is known, so nothing is censored: lost at time 1, or there at time 2.
    const rowsSeen = { time: later.map(({ lost }) => 2 - lost), event: later.map(() => 1), weights: later.map(({ accounts }) => accounts) }; // prettier-ignore
    const scoreOf = (lost: readonly number[]): number => brierScore(rowsSeen, lost.map((one) => 1 - one), 1).score; // prettier-ignore
    const brier = scoreOf(predictLoss(fit, later).map(({ probability }) => probability));
    const shares = sharesLost(earlier);
    const baseBrier = scoreOf(later.map(({ segment }) => shares(segment)));
    return { ...judged, brier, baseBrier, beatsBase: brier < baseBrier };
  } catch (error) {
    if (!(error instanceof StatisticsError) || error.problem === 'invalid-input') throw error;
    return { ...judged, brier: null, baseBrier: null, beatsBase: false };
  }
}

/** The share lost of each segment, with one loss and one renewal added, so that a segment without losses is not certain. */
export function sharesLost(rows: readonly DecidedTerm[]): (segment: string) => number {
  const counts = countsBySegment(rows);
  return (segment) => {
    const { ended, lost } = counts.get(segment) ?? { ended: 0, lost: 0 };
    return (lost + 1) / (ended + 2);
  };
}

export function countsBySegment(rows: readonly DecidedTerm[]): Map<string, { ended: number; lost: number }> {
  const counts = new Map<string, { ended: number; lost: number }>();
  for (const { segment, lost, accounts } of rows) {
    const own = counts.get(segment) ?? { ended: 0, lost: 0 };
    counts.set(segment, { ended: own.ended + accounts, lost: own.lost + lost * accounts });
  }
  return counts;
}

/** The latest week from which on there are enough decisions. */
function cutWeek(rows: readonly DecidedTerm[]): number {
  const decisions = new Map<number, number>();
  for (const { week, accounts } of rows) decisions.set(week, (decisions.get(week) ?? 0) + accounts);
  let left = LATER_SHARE * countOf(rows);
  for (const [week, count] of [...decisions].sort(([a], [b]) => b - a)) if ((left -= count) <= 0) return week;
  return Infinity;
}
