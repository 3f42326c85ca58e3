import { beatsBase } from '@milepost/statistics';
import type { Gain } from '@milepost/statistics';

/** About this share of the rows, the latest, is kept from the fit to judge it on. */
export const LATER_SHARE = 0.3;

/** Fewer events and neither fit nor judgement says anything. */
export const LEAST_EVENTS = { training: 20, later: 10 } as const;

export interface EventCounts {
  /** Events that the model learnt from. */
  training: number;
  /** Events after them, on which it was judged. */
  later: number;
}

export const enoughEvents = ({ training, later }: EventCounts): boolean =>
  training >= LEAST_EVENTS.training && later >= LEAST_EVENTS.later;

/**
 * Whether a model has earned to be heard, in a forecast or on the stream: there were events enough to learn from and to
 * judge by, and on what came after its training it was nearer than the base rate of the segments before, by more than
 * chance would have it.
 */
export const isWorthHearing = (counts: EventCounts, gain: Gain): boolean => enoughEvents(counts) && beatsBase(gain);

/**
 * As if two rows more had been seen, with events at the rate of `around`: of a segment that of all, so that one with few
 * rows is near the others, and one without events is not certain.
 */
export const baseRate = ({ events, rows }: { events: number; rows: number }, around = 0.5): number =>
  (events + 2 * around) / (rows + 2);
