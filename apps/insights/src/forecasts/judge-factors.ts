import { baseRate, isWorthHearing, LATER_SHARE } from '@milepost/onboarding/learning';
import { brierGain, calibration, harrellConcordance, hasNoAnswer } from '@milepost/statistics';
import type { ForecastJudged } from '@milepost/contracts/http';
import { fitFactors, predictFactors } from './factor-model.js';
import type { Decided, Factors } from './factor-model.js';
import { bySegment, countOf, eventsOf } from './segment-shares.js';

/** A forecast that is certain has no logit. */
const CERTAIN = 1e-9;

const UNJUDGED = { brier: null, baseBrier: null, gain: null, concordance: null, calibration: null, beatsBase: false } as const; // prettier-ignore

/**
 * Fitted on what had been decided by a week, judged on what was foretold from then on, beside the share of each segment.
 * Heard by the rule of models that are published.
 */
export function judgeFactors<F extends string>(
  factors: Factors<F>,
  rows: readonly Decided<NoInfer<F>>[],
): ForecastJudged {
  const cut = cutWeek(rows);
  const [earlier, later] = [rows.filter(({ week }) => week < cut), rows.filter(({ begun }) => begun >= cut)];
  const judged = { on: later.length, events: eventsOf(later) };
  try {
    const predicted = predictFactors(factors, fitFactors(factors, earlier), later).map(({ probability }) => probability); // prettier-ignore
    const columns = { predicted, outcome: later.map(({ came }) => came), cluster: later.map(({ account }) => account) };
    const { brier, baseBrier, gain } = brierGain({ ...columns, base: baseRates(earlier, later) });
    const isHeard = isWorthHearing({ training: eventsOf(earlier), later: judged.events }, gain);
    return { ...judged, brier, baseBrier, gain, ...rankedAndCalibrated(columns), beatsBase: isHeard };
  } catch (error) {
    if (!hasNoAnswer(error)) throw error;
    return { ...judged, ...UNJUDGED };
  }
}

/** By row of `later`, the base rate of its segment in `earlier`; of all where there was none of it. */
function baseRates(earlier: readonly Decided<string>[], later: readonly Decided<string>[]): number[] {
  const countsOf = (rows: readonly Decided<string>[]) => ({ events: eventsOf(rows), rows: rows.length });
  const all = baseRate(countsOf(earlier));
  const rates = new Map([...bySegment(earlier)].map(([segment, rows]) => [segment, baseRate(countsOf(rows), all)]));
  return later.map(({ segment }) => rates.get(segment) ?? all);
}

interface Foretold {
  predicted: readonly number[];
  outcome: readonly number[];
  cluster: readonly string[];
}

/** Null where later decisions were all alike: there is nothing to rank. */
function rankedAndCalibrated(
  { predicted, outcome, cluster }: Foretold, // prettier-ignore
): Pick<ForecastJudged, 'concordance' | 'calibration'> {
  try {
    // Each decision is known, so nothing is censored: it came at time 1, or had not at time 2.
    const { concordance } = harrellConcordance({ time: outcome.map((came) => 2 - came), event: outcome, risk: predicted }); // prettier-ignore
    const uncertain = predicted.map((one) => Math.min(1 - CERTAIN, Math.max(CERTAIN, one)));
    const { intercept, slope, observedOverExpected } = calibration({ predicted: uncertain, outcome, cluster });
    const band = ({ estimate, lower, upper }: typeof intercept) => ({ estimate, lower, upper });
    return { concordance, calibration: { intercept: band(intercept), slope: slope && band(slope), observedOverExpected } }; // prettier-ignore
  } catch (error) {
    if (!hasNoAnswer(error)) throw error;
    return { concordance: null, calibration: null };
  }
}

/** The latest week from which on enough was foretold. */
function cutWeek(rows: readonly Decided<string>[]): number {
  const foretold = countOf(rows, ({ begun }) => begun);
  let left = LATER_SHARE * rows.length;
  for (const [week, count] of [...foretold].sort(([a], [b]) => b - a)) if ((left -= count) <= 0) return week;
  return Infinity;
}
