import { DAY } from '@milepost/contracts';
import type { Model } from '@milepost/contracts';
import type { Sample } from './account-samples.js';
import { driftOf } from './drift.js';
import type { Drift } from './drift.js';
import { accountsOf, isKnown } from './training-columns.js';
import type { Known } from './training-columns.js';

export interface DriftReport extends Drift {
  version: string;
  days: number;
  accounts: number;
  /** Accounts whose outcome is not known yet at one of these instants or more: of their inputs alone anything is said. */
  undecided: number;
}

/** What has moved in the last `days` since a model's training, and whether its forecasts still come true. */
export function driftReport(model: Model, samples: readonly Sample[], days: number): DriftReport {
  const { recent, due } = lateSamples(samples, model.horizonDays, days);
  const undecided = accountsOf(recent.filter(({ outcome }) => outcome === null));
  return { version: model.version, days, accounts: accountsOf(recent), undecided, ...driftOf(model, recent, due) };
}

/** Of each account the last `days` that it was observed: what it was like in them, and the outcomes that came due. */
export function lateSamples(
  samples: readonly Sample[],
  horizonDays: number,
  days: number,
): { recent: Sample[]; due: Known[] } {
  const isLate = (at: number, { observedTo }: Sample): boolean => at > observedTo - days * DAY;
  return {
    recent: samples.filter((sample) => isLate(sample.at, sample)),
    due: samples.filter(isKnown).filter((sample) => isLate(sample.at + horizonDays * DAY, sample)),
  };
}

const SENTENCE = {
  steady: 'Nothing has moved that matters.',
  watch: 'Something has moved: look at it before you trust the scores much longer.',
  drifted: 'The model no longer fits what comes in: fit another one.',
} as const;

/** What a report comes to, in plain words. */
export const driftSentence = ({ rows, days, level }: DriftReport): string =>
  `On ${rows.toLocaleString('en')} account-period${rows === 1 ? '' : 's'} of the last ${days === 1 ? 'day' : `${days} days`}: ${SENTENCE[level]}`;
