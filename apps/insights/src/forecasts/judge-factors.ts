import { brierScore, calibration, harrellConcordance, hasNoAnswer } from '@milepost/statistics';
import type { ForecastJudged } from '@milepost/contracts/http';
import { fitFactors, predictFactors } from './factor-model.js';
import type { Decided, Factors } from './factor-model.js';
import { countOf, eventsOf, segmentShares } from './segment-shares.js';

/** Of the decisions about this share, those that were foretold last, are kept to judge the model on. */
const LATER_SHARE = 0.3;
/** Of so many events at least a model is made; below, each account gets its segment's share. */
const LEAST_EVENTS = 5;
/** A forecast that is certain has no logit. */
const CERTAIN = 1e-9;

const UNJUDGED = { brier: null, baseBrier: null, concordance: null, calibration: null, beatsBase: false } as const;

/** Fitted on what had been decided by a week, judged on what was foretold from then on, beside the share of each segment. */
export function judgeFactors<F extends string>(
  factors: Factors<F>,
  rows: readonly Decided<NoInfer<F>>[],
): ForecastJudged {
  if (eventsOf(rows) < LEAST_EVENTS) return { on: 0, events: 0, ...UNJUDGED };
  const cut = cutWeek(rows);
  const [earlier, later] = [rows.filter(({ week }) => week < cut), rows.filter(({ begun }) => begun >= cut)];
  const judged = { on: countOf(later), events: eventsOf(later) };
  try {
    const forecasts = predictFactors(factors, fitFactors(factors, earlier), later).map(
      ({ probability }) => probability,
    );
    const shares = segmentShares(earlier);
    const brier = brierOf(later, forecasts);
    const baseBrier = brierOf(later, later.map(({ segment }) => shares(segment))); // prettier-ignore
    return { ...judged, brier, baseBrier, ...rankedAndCalibrated(later, forecasts), beatsBase: brier < baseBrier };
  } catch (error) {
    if (!hasNoAnswer(error)) throw error;
    return { ...judged, ...UNJUDGED };
  }
}

/** Each decision is known, so nothing is censored: it came at time 1, or had not at time 2. */
const timesOf = (rows: readonly Decided<string>[]) => ({
  time: rows.map(({ came }) => 2 - came),
  weights: rows.map(({ accounts }) => accounts),
});

const brierOf = (rows: readonly Decided<string>[], forecasts: readonly number[]): number =>
  brierScore({ ...timesOf(rows), event: rows.map(() => 1) }, forecasts.map((one) => 1 - one), 1).score; // prettier-ignore

/** Null where later decisions were all alike: there is nothing to rank. */
function rankedAndCalibrated(
  rows: readonly Decided<string>[],
  forecasts: readonly number[],
): Pick<ForecastJudged, 'concordance' | 'calibration'> {
  const outcome = rows.map(({ came }) => came);
  const weights = rows.map(({ accounts }) => accounts);
  const predicted = forecasts.map((one) => Math.min(1 - CERTAIN, Math.max(CERTAIN, one)));
  try {
    const { concordance } = harrellConcordance({ ...timesOf(rows), event: outcome, risk: forecasts });
    // Weighted, so accounts of which the same was known go together: intervals are rather too wide than too narrow.
    const { intercept, slope, observedOverExpected } = calibration({ predicted, outcome, weights });
    const band = ({ estimate, lower, upper }: typeof intercept) => ({ estimate, lower, upper });
    return { concordance, calibration: { intercept: band(intercept), slope: slope && band(slope), observedOverExpected } }; // prettier-ignore
  } catch (error) {
    if (!hasNoAnswer(error)) throw error;
    return { concordance: null, calibration: null };
  }
}

/** The latest week from which on enough was foretold. */
function cutWeek(rows: readonly Decided<string>[]): number {
  const foretold = new Map<number, number>();
  for (const { begun, accounts } of rows) foretold.set(begun, (foretold.get(begun) ?? 0) + accounts);
  let left = LATER_SHARE * countOf(rows);
  for (const [week, count] of [...foretold].sort(([a], [b]) => b - a)) if ((left -= count) <= 0) return week;
  return Infinity;
}
