import { ProblemException } from '@milepost/platform';
import type { LogisticFit } from '@milepost/statistics';
import type { ForecastJudged } from '@milepost/contracts/http';
import type { Insights } from '../insights/insights.js';
import { scopedAccounts } from '../insights/scoped-accounts.js';
import { fitFactors, predictFactors, reasonsOf } from './factor-model.js';
import type { Decided, Factors, Reason, Seen } from './factor-model.js';
import { EXPANSION_DAYS, EXPANSION_FACTORS, RENEWAL_FACTORS } from './forecast-factors.js';
import type { ExpansionFactor, RenewalFactor } from './forecast-factors.js';
import { judgeFactors } from './judge-factors.js';
import { eventsOf, segmentShares } from './segment-shares.js';
import type { SegmentShares } from './segment-shares.js';

/** What is known of an event from the past: a model, if it has earned to be heard, and the segments' shares. */
export interface Learnt<F extends string> {
  factors: Factors<F>;
  shares: SegmentShares;
  total: number;
  events: number;
  judged: ForecastJudged;
  fit: LogisticFit | null;
}

export interface Forecasts {
  /** Of a loss at the end of a term. */
  loss: Learnt<RenewalFactor>;
  expansion: Learnt<ExpansionFactor>;
  /** Months of the terms that were decided. */
  lengths: ReadonlySet<number>;
  /** Learnt from one in so many accounts. */
  every: number;
}

/** Terms, or stretches: accounts are a part of all where there are more, so that a fit costs no more than of so many. */
const LEARNT_FROM = 100_000;

/** By snapshot: every page of a snapshot rests on the same models, which are fitted once. */
const LEARNT = new WeakMap<object, Promise<Forecasts>>();

/** @throws ProblemException `not-enough-data` before the first term has ended */
export function learntFrom(insights: Insights): Promise<Forecasts> {
  const known = LEARNT.get(insights.snapshot);
  if (known) return known;
  const learning = learn(insights);
  LEARNT.set(insights.snapshot, learning);
  learning.catch(() => LEARNT.delete(insights.snapshot));
  return learning;
}

async function learn(insights: Insights): Promise<Forecasts> {
  // Learnt from everybody: a filter says whom to tell of, not whom to learn from.
  const everyone = (await scopedAccounts(insights, {})).parameters;
  const asked = { ...everyone, days: EXPANSION_DAYS };
  const [size] = await insights.ask<{ terms: number; periods: number }>('learnt-size', asked);
  const every = partOf(size!);
  const [terms, periods] = await Promise.all([
    insights.ask<Decided<RenewalFactor> & { length: number }>('decided-terms', { ...asked, every }),
    insights.ask<Decided<ExpansionFactor>>('expansion-periods', { ...asked, every }),
  ]);
  if (terms.length === 0) {
    throw new ProblemException('not-enough-data', 'No term of a contract has ended yet, so nothing can be learnt of renewals. Ask again when some have.'); // prettier-ignore
  }
  return { loss: learntOf(RENEWAL_FACTORS, terms), expansion: learntOf(EXPANSION_FACTORS, periods), lengths: new Set(terms.map(({ length }) => length)), every }; // prettier-ignore
}

/** One in so many accounts has about as many of each as may be learnt from. */
export const partOf = ({ terms, periods }: { terms: number; periods: number }): number =>
  Math.max(1, Math.ceil(Math.max(terms, periods) / LEARNT_FROM));

export function learntOf<F extends string>(factors: Factors<F>, rows: readonly Decided<NoInfer<F>>[]): Learnt<F> {
  const judged = judgeFactors(factors, rows);
  const fit = judged.beatsBase ? fitFactors(factors, rows) : null;
  return { factors, shares: segmentShares(rows), total: rows.length, events: eventsOf(rows), judged, fit };
}

export interface Chance {
  estimate: number;
  lower: number;
  upper: number;
  reasons: Reason[];
}

/** The chance of the event for each account of a page: by the model, with its reasons, or by its segment's share. */
export function chancesOf<F extends string>(
  { factors, fit, shares }: Learnt<F>,
  page: readonly Seen<NoInfer<F>>[],
): Chance[] {
  if (fit === null || page.length === 0)
    return page.map(({ segment }) => ({ ...shareIn(shares, segment), reasons: [] }));
  return predictFactors(factors, fit, page).map(({ probability, lower, upper }, i) => {
    const reasons = reasonsOf(factors, fit, page[i]!, page);
    return { estimate: probability, lower, upper, reasons };
  });
}

function shareIn(shares: SegmentShares, segment: string): Omit<Chance, 'reasons'> {
  const { estimate, lower, upper } = shares.get(segment) ?? { estimate: 0.5, lower: 0, upper: 1 };
  return { estimate, lower, upper };
}
