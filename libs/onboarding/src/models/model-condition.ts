import { DAY, MODEL_SIGNALS } from '@milepost/contracts';
import type { Micros, Model, ModelKind } from '@milepost/contracts';
import { newestSince } from '../signals/conditions/condition.js';
import type { Condition, View } from '../signals/conditions/condition.js';
import { SEGMENT_PART, score } from './score.js';
import type { Score } from './score.js';
import { FEATURES } from './features.js';
import type { FeatureName, FeatureRules } from './features.js';
import { NO_MODELS } from './model-schedule.js';
import { isScoringInstant, nextScoringInstant } from './scoring-instants.js';

export const MODEL_REASON = 'model';
export const MODEL_REASON_KINDS = Object.entries(MODEL_SIGNALS) as [ModelKind, string][];

/** Events of this time before the score are its evidence: most inputs look no further back. */
const EVIDENCE_TIME = 28 * DAY;

/**
 * A model's score over its threshold. Judged at the account's scoring instants alone, with the model in force there, so
 * that what is open stays a function of the set of events, of stream time and of the control log.
 */
export function modelCondition(kind: ModelKind, rules: FeatureRules): Condition {
  const modelOf = (view: View): Model | null => (view.models ?? NO_MODELS).modelAt(kind, view.now);
  const scoreOf = (view: View, model: Model): Score => score(model, rules.featuresOf(view), view.segment);
  const judged = (view: View, model: Model): number => {
    view.models?.watcher.scored(model);
    return scoreOf(view, model).probability;
  };
  const isDue = (view: View): boolean => view.start !== null && isScoringInstant(view.start.at, view.now);
  return {
    opens: (view) => {
      const model = isDue(view) ? modelOf(view) : null;
      return model !== null && judged(view, model) >= model.threshold;
    },
    ends: (view) => {
      if (!isDue(view)) return null;
      const model = modelOf(view);
      if (model === null) return 'expired';
      return judged(view, model) < model.endsBelow ? 'recovered' : null;
    },
    opensAt: (view) => (view.start === null ? null : firstScoredAfter(kind, view, view.start.at)),
    endsAt: (view) => (view.start === null ? null : nextScoringInstant(view.start.at, view.now)),
    evidence: (view) => newestSince(view, () => true, view.now - EVIDENCE_TIME),
    window: () => null,
    explain: (view) => {
      const model = modelOf(view);
      if (model === null) return null;
      const { probability, parts } = scoreOf(view, model);
      return { probability, parts, modelVersion: model.version, text: textOf(model, probability, parts) };
    },
  };
}

/** Scoring instants at which no model is in force are passed over, not judged: without a model nothing is due. */
function firstScoredAfter(kind: ModelKind, view: View, start: Micros): Micros | null {
  const models = view.models ?? NO_MODELS;
  let at = nextScoringInstant(start, view.now);
  for (;;) {
    const from = models.inForceFrom(kind, at);
    if (from === null) return null;
    if (from === at) return at;
    // A microsecond less, as an instant that is the change's own is scored by the new model.
    at = nextScoringInstant(start, from - 1);
  }
}

function textOf(model: Model, probability: number, parts: Score['parts']): string {
  const chance = `${(100 * probability).toFixed(0)} %`;
  const main = parts.find(({ adds, input }) => adds > 0 && input !== SEGMENT_PART);
  const why = main ? ` What raises it most: ${FEATURES[main.input as FeatureName] ?? main.input}, here ${main.value.toFixed(1)}.` : ''; // prettier-ignore
  return `The model gives ${model.foretells} within ${model.horizonDays} days a chance of ${chance}.${why}`;
}
