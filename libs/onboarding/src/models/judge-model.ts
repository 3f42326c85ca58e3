import { formatTime } from '@milepost/contracts';
import type { ModelBody, ModelJudgement } from '@milepost/contracts';
import { brierGain, calibration, harrellConcordance, hasNoAnswer } from '@milepost/statistics';
import type { CalibrationEstimate } from '@milepost/statistics';
import { baseRate } from './model-worth.js';
import { score } from './score.js';
import { accountsOf, eventsOf } from './training-columns.js';
import type { Known } from './training-columns.js';

/** What a forecast has to be judged by: everything of a model but its judgement. */
export type Unjudged = Omit<ModelBody, 'judged'>;

/**
 * A model on rows that came after its training, beside the base rate: the share of its segment in training.
 *
 * @throws StatisticsError `not-enough-data` of one account, or if the event came to nobody or to all; `separation`
 */
export function judgeModel(model: Unjudged, rows: readonly Known[]): ModelJudgement {
  const forecasts = rows.map((row) => score(model as ModelBody, row.features, row.segment).probability);
  const outcome = rows.map((row) => Number(row.outcome));
  const { brier, baseBrier, gain } = brierGain({
    predicted: forecasts,
    base: rows.map(({ segment }) => baseOf(model, segment)),
    outcome,
    cluster: rows.map(({ account }) => account),
  });
  const fit = calibration({ predicted: forecasts, outcome });
  const alarms = rows.flatMap((row, i) => (forecasts[i]! >= model.threshold ? [row] : []));
  // No forecast is about a time here: the event comes first, its absence after.
  const ranked = harrellConcordance({ time: outcome.map((one) => 2 - one), event: outcome, risk: forecasts });
  const instants = rows.map(({ at }) => at);
  return {
    from: formatTime(Math.min(...instants)),
    until: formatTime(Math.max(...instants)),
    rows: rows.length,
    accounts: accountsOf(rows),
    events: eventsOf(rows),
    brier,
    baseBrier,
    skill: baseBrier > 0 ? 1 - brier / baseBrier : 0,
    gain,
    calibration: {
      intercept: band(fit.intercept),
      slope: fit.slope && band(fit.slope),
      observedOverExpected: fit.observedOverExpected,
    },
    concordance: { estimate: ranked.concordance, standardError: ranked.standardError },
    atThreshold: { alarms: alarms.length, hits: eventsOf(alarms) },
  };
}

/** Fewer outcomes say nothing of a model that is in use. */
const LEAST_ROWS = 100;

/** A judgement where there is enough to judge by, otherwise in words why there is none. */
export function judgeWhereKnown(
  model: Unjudged,
  rows: readonly Known[],
): { judged: ModelJudgement; whyNot: null } | { judged: null; whyNot: string } {
  if (rows.length < LEAST_ROWS) return { judged: null, whyNot: `Only ${rows.length} ${rows.length === 1 ? 'outcome is' : 'outcomes are'} known: want ${LEAST_ROWS}.` }; // prettier-ignore
  try {
    return { judged: judgeModel(model, rows), whyNot: null };
  } catch (error) {
    if (!hasNoAnswer(error)) throw error;
    return { judged: null, whyNot: error.message };
  }
}

const band = ({ estimate, lower, upper }: CalibrationEstimate) => ({ estimate, lower, upper });

/** The base rate of the row's segment; of all rows where training had none of it. */
function baseOf({ segments, training }: Unjudged, segment: string): number {
  const own = segments.find((one) => one.segment === segment);
  return own?.base ?? baseRate(training);
}
