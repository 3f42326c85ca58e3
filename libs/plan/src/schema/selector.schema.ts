import { OUTCOMES } from '@milepost/contracts';
import { z } from 'zod';
import { eventName } from './names.js';

/** Stands for every event that the plan marks as a core action. */
export const CORE_ACTIONS = 'core-actions';

const events = z.union([z.literal(CORE_ACTIONS), z.array(eventName).min(1)]).meta({
  description: 'core-actions, or a list of event names.',
});

/** Which events, without regard to how they ended. Exactly one of `event` and `events`. */
export const anyOutcome = { event: eventName.optional(), events: events.optional() };

/** Which events, and how they ended. */
export const selected = {
  ...anyOutcome,
  outcome: z.enum(OUTCOMES).optional().describe('Of core actions only; without it any outcome counts.'),
};

export const atLeast = z.int().min(1).max(10_000);

export interface WrittenSelector {
  event?: string | undefined;
  events?: typeof CORE_ACTIONS | string[] | undefined;
  outcome?: (typeof OUTCOMES)[number] | undefined;
}
