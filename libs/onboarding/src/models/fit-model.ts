import { DAY, formatTime } from '@milepost/contracts';
import type { Micros, ModelBody, ModelJudgement, ModelKind } from '@milepost/contracts';
import { hasNoAnswer, logisticRegression } from '@milepost/statistics';
import type { LogisticFit } from '@milepost/statistics';
import type { Sample, SampleQuestion } from './account-samples.js';
import { FEATURES_VERSION } from './features.js';
import { judgeModel } from './judge-model.js';
import type { Unjudged } from './judge-model.js';
import { baseRate, enoughEvents, isWorthHearing, LATER_SHARE, LEAST_EVENTS } from './model-worth.js';
import { score } from './score.js';
import { accountsOf, edgesOf, eventsOf, isKnown, sharesOf, spreadsOf } from './training-columns.js';
import type { Known, Spread } from './training-columns.js';

export interface FitQuestion extends SampleQuestion {
  kind: ModelKind;
  /** A reason opens for about this share of the account-periods of training. */
  alarmShare: number;
}

export type FitAnswer =
  /** It may be published. */
  { kind: 'beats-base'; model: ModelBody } | { kind: 'refused'; why: string; judged: ModelJudgement | null };

/** Standard deviations of the priors: for one of an input, odds may well change 2.7 times; of a segment, 1.6 times. */
const PRIOR = { coefficient: 1, segment: 0.5 };
/** A reason that has opened goes on until its probability is this far below the threshold, so that none flickers. */
const HYSTERESIS = 0.8;
const SEGMENT = 'segment:';

/**
 * A discrete-time hazard with normal priors (logit; Allison 1982): its periods are as long as the horizon, so a hazard is
 * the probability asked for. Fitted on what was known by a day, judged on what came after it, and refused when it
 * does not beat the shares of the segments there. What is published is what was judged: it is not fitted again.
 */
export function fitModel(question: FitQuestion, samples: readonly Sample[]): FitAnswer {
  const rows = samples.filter(isKnown).sort((a, b) => a.at - b.at);
  const horizon = question.horizonDays * DAY;
  const cut = rows[Math.floor((1 - LATER_SHARE) * rows.length)]?.at ?? 0;
  const earlier = rows.filter(({ at }) => at + horizon <= cut);
  const later = rows.filter(({ at }) => at >= cut);
  const counts = { training: eventsOf(earlier), later: eventsOf(later) };
  if (!enoughEvents(counts)) {
    const why = `${question.foretells} came ${counts.training} times in ${earlier.length} account-periods of training and ${counts.later} times in the ${later.length} after them: want at least ${LEAST_EVENTS.training} and ${LEAST_EVENTS.later}.`; // prettier-ignore
    return { kind: 'refused', why, judged: null };
  }
  try {
    const unjudged = fitRows(question, earlier, cut);
    const model: ModelBody = { ...unjudged, judged: judgeModel(unjudged, later) };
    if (isWorthHearing(counts, model.judged.gain)) return { kind: 'beats-base', model };
    return { kind: 'refused', why: 'It does not surely beat the base rate of the segments.', judged: model.judged };
  } catch (error) {
    if (!hasNoAnswer(error)) throw error;
    return { kind: 'refused', why: error.message, judged: null };
  }
}

function fitRows(question: FitQuestion, rows: readonly Known[], cut: Micros): Unjudged {
  const spreads = spreadsOf(rows);
  const fit = regress(rows, spreads);
  const coefficient = (name: string): number => fit.coefficients.find((one) => one.name === name)?.estimate ?? 0;
  const inputs = spreads.map(({ name, mean }) => {
    const values = rows.map(({ features }) => features[name]);
    const edges = edgesOf(values);
    return { name, coefficient: coefficient(name), mean, edges, shares: sharesOf(values, edges) };
  });
  const all = baseRate({ rows: rows.length, events: eventsOf(rows) });
  const segments = [...new Set(rows.map(({ segment }) => segment))].sort().map((segment) => {
    const own = rows.filter((row) => row.segment === segment);
    const counts = { rows: own.length, events: eventsOf(own) };
    return { segment, offset: coefficient(SEGMENT + segment), ...counts, base: baseRate(counts, all) };
  });
  const model: Unjudged = {
    format: 1,
    kind: question.kind,
    featuresVersion: FEATURES_VERSION,
    planVersion: question.plan.version,
    foretells: question.foretells,
    horizonDays: question.horizonDays,
    intercept: fit.intercept.estimate,
    inputs,
    segments,
    prior: PRIOR,
    threshold: 1,
    endsBelow: 1,
    training: {
      from: formatTime(rows[0]!.at),
      until: formatTime(cut),
      rows: rows.length,
      accounts: accountsOf(rows),
      events: eventsOf(rows),
    },
  };
  const threshold = thresholdOf(model, rows, question.alarmShare);
  return { ...model, threshold, endsBelow: HYSTERESIS * threshold };
}

/** Inputs about their means, so that the intercept is the average account's; a constant input says nothing. */
function regress(rows: readonly Known[], spreads: readonly Spread[]): LogisticFit {
  const covariates: Record<string, number[]> = {};
  const prior: Record<string, { standardDeviation: number }> = {};
  for (const { name, mean, scale } of spreads) {
    if (scale === 0) continue;
    covariates[name] = rows.map(({ features }) => features[name] - mean);
    prior[name] = { standardDeviation: PRIOR.coefficient / scale };
  }
  const segments = [...new Set(rows.map(({ segment }) => segment))];
  for (const segment of segments.length > 1 ? segments : []) {
    covariates[SEGMENT + segment] = rows.map((row) => Number(row.segment === segment));
    prior[SEGMENT + segment] = { standardDeviation: PRIOR.segment };
  }
  return logisticRegression({ covariates, events: rows.map(({ outcome }) => Number(outcome)) }, { prior });
}

function thresholdOf(model: Unjudged, rows: readonly Known[], alarmShare: number): number {
  const scores = rows.map((row) => score(model as ModelBody, row.features, row.segment).probability);
  scores.sort((a, b) => b - a);
  return scores[Math.min(scores.length - 1, Math.floor(alarmShare * scores.length))]!;
}
