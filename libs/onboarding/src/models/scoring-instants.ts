import { DAY } from '@milepost/contracts';
import type { Micros } from '@milepost/contracts';

/** An account is scored at its start and so many times this, from the first on: in the stream and in training alike. */
export const SCORING_INTERVAL: Micros = 7 * DAY;

export const isScoringInstant = (start: Micros, at: Micros): boolean =>
  at > start && (at - start) % SCORING_INTERVAL === 0;

/** The first scoring instant after `after`. */
export const nextScoringInstant = (start: Micros, after: Micros): Micros =>
  start + Math.max(1, Math.floor((after - start) / SCORING_INTERVAL) + 1) * SCORING_INTERVAL;
