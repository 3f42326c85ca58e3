import type { ModelBody, ScorePart } from '@milepost/contracts';
import { FEATURES_VERSION } from './features.js';

export interface Score {
  /** Of the event within the model's horizon. Strictly between 0 and 1. */
  probability: number;
  /** They and the intercept add up to the log odds. The weightiest first. */
  parts: ScorePart[];
}

export const SEGMENT_PART = 'segment';
const CERTAIN = 1e-6;

/** What a model says of an account. A segment that it does not know has no offset: it counts as the average one. */
export function score(model: ModelBody, features: Readonly<Record<string, number>>, segment: string): Score {
  const parts: ScorePart[] = model.inputs.map(({ name, coefficient, mean }) => {
    const value = features[name] ?? mean;
    return { input: name, value, adds: coefficient * (value - mean) };
  });
  const own = model.segments.find((one) => one.segment === segment);
  if (own) parts.push({ input: SEGMENT_PART, value: 1, adds: own.offset });
  const logOdds = parts.reduce((sum, { adds }) => sum + adds, model.intercept);
  const probability = Math.min(1 - CERTAIN, Math.max(CERTAIN, 1 / (1 + Math.exp(-logOdds))));
  parts.sort((a, b) => Math.abs(b.adds) - Math.abs(a.adds) || (a.input < b.input ? -1 : 1));
  return { probability, parts };
}

/** Why this build can't score with a model; null: it can. */
export function unusable(model: ModelBody, featureNames: readonly string[]): string | null {
  if (model.featuresVersion !== FEATURES_VERSION) {
    return `it was fitted with version ${model.featuresVersion} of the features, and this build has ${FEATURES_VERSION}`;
  }
  const unknown = model.inputs.find(({ name }) => !featureNames.includes(name));
  return unknown ? `it has an input ${unknown.name}, which this build does not know` : null;
}
