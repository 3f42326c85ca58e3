import type { Model, ModelJudgement } from '@milepost/contracts';
import type { Sample } from './account-samples.js';
import type { FeatureName } from './features.js';
import { judgeWhereKnown } from './judge-model.js';
import { bandOf, isKnown, sharesOf } from './training-columns.js';

export const DRIFT_LEVELS = ['steady', 'watch', 'drifted'] as const;
export type DriftLevel = (typeof DRIFT_LEVELS)[number];

export interface InputDrift {
  input: string;
  /** Population stability index against training. */
  index: number;
  level: DriftLevel;
}

export interface Drift {
  rows: number;
  inputs: InputDrift[];
  segments: InputDrift;
  /** On what came due of late; null where nothing can be judged yet, with the reason. */
  judged: ModelJudgement | null;
  whyNot: string | null;
  calibration: DriftLevel;
  /** The worst of all. */
  level: DriftLevel;
}

/** The usual bounds of the index (Siddiqi 2006): under a tenth nothing has moved, from a quarter on much has. */
const WATCH = 0.1;
const DRIFTED = 0.25;
/** With fewer rows chance alone moves the index past its bounds. */
export const LEAST_ROWS = 100;
/** A band without rows would be infinitely far. */
const LEAST_SHARE = 0.001;
const AGE: FeatureName = 'tenure';

/**
 * Whether accounts of late are still such as the model was fitted on, and whether what it foretells still comes true:
 * the index by input and over segments, and its calibration on later outcomes, off when the interval of its
 * intercept leaves out 0 or of its slope 1. Accounts grow older as a company does, which is no fault of the model's: the
 * other inputs are compared as of accounts of the ages of training, and age by itself is never more than to be watched. Intervals take rows for independent: they err towards an alarm.
 */
export function driftOf(model: Model, recent: readonly Sample[], known: readonly Sample[]): Drift {
  const weights = weightsByAge(model, recent);
  const inputs = model.inputs.map(({ name, edges, shares }) => {
    const values = recent.map(({ features }) => features[name as FeatureName]);
    const isAge = name === AGE;
    const drift = inputDrift(name, stabilityIndex(shares, sharesOf(values, edges, isAge ? undefined : weights)), recent.length); // prettier-ignore
    return isAge && drift.level === 'drifted' ? { ...drift, level: 'watch' as const } : drift;
  });
  const trained = model.segments.map(({ rows }) => rows / model.training.rows);
  const now = model.segments.map(({ segment }) => recent.filter((one) => one.segment === segment).length / Math.max(1, recent.length)); // prettier-ignore
  const segments = inputDrift('segment', stabilityIndex(trained, now), recent.length);
  const { judged, whyNot } = judgeWhereKnown(model, known.filter(isKnown));
  const calibration = judged === null ? 'steady' : calibrationLevel(judged);
  const level = worst([...inputs, segments].map((one) => one.level).concat(calibration));
  return { rows: recent.length, inputs, segments, judged, whyNot, calibration, level };
}

/** Σ (actual − expected) ln(actual / expected): Kullback and Leibler's (1951) divergence, both ways. */
export function stabilityIndex(expected: readonly number[], actual: readonly number[]): number {
  return expected.reduce((sum, share, i) => {
    const [was, is] = [Math.max(LEAST_SHARE, share), Math.max(LEAST_SHARE, actual[i]!)];
    return sum + (is - was) * Math.log(is / was);
  }, 0);
}

/** So many of its age in training stand for each of late. */
function weightsByAge(model: Model, recent: readonly Sample[]): number[] | undefined {
  const age = model.inputs.find(({ name }) => name === AGE);
  if (!age) return undefined;
  const ages = recent.map(({ features }) => features[AGE]);
  const now = sharesOf(ages, age.edges);
  return ages.map((value) => age.shares[bandOf(value, age.edges)]! / now[bandOf(value, age.edges)]!);
}

const inputDrift = (input: string, index: number, rows: number): InputDrift => ({
  input,
  index,
  level: rows < LEAST_ROWS || index < WATCH ? 'steady' : index < DRIFTED ? 'watch' : 'drifted',
});

function calibrationLevel({ calibration: { intercept, slope }, skill }: ModelJudgement): DriftLevel {
  const isOff = intercept.lower > 0 || intercept.upper < 0 || (slope !== null && (slope.upper < 1 || slope.lower > 1));
  // A model that has come to do worse than the base rate says nothing any more.
  return skill < 0 ? 'drifted' : isOff ? 'watch' : 'steady';
}

const worst = (levels: readonly DriftLevel[]): DriftLevel =>
  DRIFT_LEVELS.findLast((level) => levels.includes(level)) ?? 'steady';
