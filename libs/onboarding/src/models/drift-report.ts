import { DAY, MODEL_SIGNALS } from '@milepost/contracts';
import type { Model } from '@milepost/contracts';
import type { Sample } from './account-samples.js';
import type { Warning } from '@milepost/contracts/http';
import { driftOf, LEAST_ROWS } from './drift.js';
import { FEATURES } from './features.js';
import type { FeatureName } from './features.js';
import type { Drift } from './drift.js';
import { accountsOf, afterTraining, isKnown } from './training-columns.js';
import type { Known } from './training-columns.js';

export interface DriftReport extends Drift, Pick<Model, 'version' | 'kind' | 'foretells' | 'horizonDays'> {
  /** Whose reasons the model opens. */
  signal: string;
  inputs: (Drift['inputs'][number] & { says: string })[];
  days: number;
  accounts: number;
  /** Accounts whose outcome is not known yet at one of these instants or more: of their inputs alone anything is said. */
  undecided: number;
}

/** What has moved in the last `days` since a model's training, and whether its forecasts still come true. */
export function driftReport(model: Model, samples: readonly Sample[], days: number): DriftReport {
  const { recent, due } = lateSamples(samples, model, days);
  const undecided = accountsOf(recent.filter(({ outcome }) => outcome === null));
  const { version, kind, foretells, horizonDays } = model;
  const drift = driftOf(model, recent, due);
  const inputs = drift.inputs.map((one) => ({ ...one, says: FEATURES[one.input as FeatureName] }));
  return { version, kind, signal: MODEL_SIGNALS[kind], foretells, horizonDays, days, accounts: accountsOf(recent), undecided, ...drift, inputs }; // prettier-ignore
}

/**
 * Of each account the last `days` that it was observed, and nothing that the model has learnt from: what it was like in
 * them, and the outcomes that came due.
 */
export function lateSamples(
  all: readonly Sample[],
  model: Pick<Model, 'horizonDays' | 'training'>,
  days: number,
): { recent: Sample[]; due: Known[] } {
  const samples = afterTraining(all, [model]);
  const isLate = (at: number, { observedTo }: Sample): boolean => at > observedTo - days * DAY;
  return {
    recent: samples.filter((sample) => isLate(sample.at, sample)),
    due: samples.filter(isKnown).filter((sample) => isLate(sample.at + model.horizonDays * DAY, sample)),
  };
}

const SENTENCE = {
  steady: 'Nothing has moved that matters.',
  watch: 'Something has moved: look at it before you trust the scores much longer.',
  drifted: 'The model no longer fits what comes in: fit another one.',
} as const;

/** What a report comes to, in plain words. */
export function driftSentence({ rows, days, level, inputs, segments, calibration, judged }: DriftReport): string {
  const on = `On ${periods(rows)} of the last ${span(days)} since its training`;
  const moved = [...inputs, segments, { input: 'calibration', level: calibration }].filter((one) => one.level !== 'steady'); // prettier-ignore
  if (moved.length > 0) return `${on}: ${SENTENCE[level]} What moved: ${moved.map(({ input }) => input).join(', ')}.`;
  const unsaid = [...(rows < LEAST_ROWS ? ['whether inputs have moved'] : []), ...(judged === null ? ['whether its forecasts come true'] : [])]; // prettier-ignore
  return unsaid.length === 0 ? `${on}: ${SENTENCE.steady}` : `${on}: too few to say ${unsaid.join(' or ')}.`;
}

export const driftMethod = ({ horizonDays, days }: DriftReport): string =>
  `What the live deciders knew of each account at its scoring instants of the last ${span(days)}, ${horizonDays} days apart and none of them from training, beside training: an index from 0.25 on is much. Accounts grow older as a company does, so the other inputs are compared as of accounts of like age. Calibration is off when the interval of its intercept leaves out 0, or of its slope 1.`; // prettier-ignore

/** What keeps a report from being taken at its word. */
export function driftDoubts({ rows, whyNot, inputs }: Pick<DriftReport, 'rows' | 'whyNot' | 'inputs'>): Warning[] {
  const warnings: Warning[] = [{ code: 'assumption', text: 'People act on scores: an account that was helped and stayed looks like a false alarm, and so like bad calibration.' }]; // prettier-ignore
  if (rows < LEAST_ROWS) warnings.push({ code: 'small-cell', text: `Only ${periods(rows)}: below ${LEAST_ROWS} chance alone moves an index past its bounds, so none is called moved.` }); // prettier-ignore
  if (whyNot !== null) warnings.push({ code: 'no-estimate', text: `Calibration can't be judged. ${whyNot}` });
  if (inputs.some(({ input, level }) => input === 'tenure' && level !== 'steady')) warnings.push({ code: 'not-comparable', text: 'Accounts are older than those of training. Where the company has grown older that is no fault of the model’s.' }); // prettier-ignore
  return warnings;
}

const span = (days: number): string => (days === 1 ? 'day' : `${days} days`);
const periods = (rows: number): string => `${rows.toLocaleString('en')} account-period${rows === 1 ? '' : 's'}`;
