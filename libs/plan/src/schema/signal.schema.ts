import { z } from 'zod';
import { duration, duringSegment } from './duration.schema.js';
import type { WrittenWindow } from './duration.schema.js';
import { kebabName, reasonCode, text } from './names.js';
import { anyOutcome, atLeast, selected } from './selector.schema.js';
import type { WrittenSelector } from './selector.schema.js';

/** Exactly one of the kinds. */
export interface WrittenSignalCondition {
  stalled?: string;
  quiet?: WrittenSelector & { after?: string; for: WrittenWindow };
  failureShare?: WrittenSelector & {
    atLeast: number;
    within: number;
    over: number;
    ends: { last: number; share: number };
  };
  count?: WrittenSelector & { atLeast: number; within: number; endsBelow: number };
  eventUntilEvent?: WrittenSelector & { until: WrittenSelector; expiresAfter: number };
  reached?: string;
  all?: WrittenSignalCondition[];
  any?: WrittenSignalCondition[];
}

export const SIGNAL_KINDS = [
  'stalled',
  'quiet',
  'failureShare',
  'count',
  'eventUntilEvent',
  'reached',
  'all',
  'any',
] as const;

const share = z.number().min(0).max(1);

const quiet = z.strictObject({
  ...selected,
  after: kebabName.optional().describe('Only once this milestone is reached.'),
  for: duringSegment,
});
const failureShare = z.strictObject({
  ...anyOutcome,
  atLeast,
  within: duration,
  over: share.describe('Opens above this share of failed or abandoned.'),
  ends: z.strictObject({
    last: z.int().min(1).max(1_000),
    share: share.describe('Ends when at most this share of the last ones failed or was abandoned.'),
  }),
});
const count = z.strictObject({
  ...selected,
  atLeast,
  within: duration,
  endsBelow: atLeast.describe('Ends when fewer than this are left within the window.'),
});
const eventUntilEvent = z.strictObject({ ...selected, until: z.strictObject(selected), expiresAfter: duration });

const condition: z.ZodType<WrittenSignalCondition> = z
  .lazy(() =>
    z.strictObject({
      stalled: kebabName.optional().describe('A milestone whose expected window passed without it.'),
      quiet: quiet.optional().describe('No such event for a while.'),
      failureShare: failureShare.optional().describe('Too large a share of core actions failed.'),
      count: count.optional().describe('Many such events within a window.'),
      eventUntilEvent: eventUntilEvent.optional().describe('From an event until another, or for a time.'),
      reached: kebabName.optional().describe('A milestone that is reached.'),
      all: parts.optional(),
      any: parts.optional(),
    }),
  )
  .meta({ id: 'signal-condition', description: 'Exactly one kind of condition.' });

const parts = z.array(condition).min(1).max(20);

export const signalDefinition = z.strictObject({
  description: text,
  owner: text.describe('The team that acts on the signal.'),
  successCriterion: text.describe('How one will know that acting on it helped.'),
  cooldown: duration.describe('So long a reason stays silent after it ended.'),
  reasons: z
    .array(
      z.strictObject({
        code: reasonCode,
        severity: z.enum(['high', 'medium']),
        when: condition,
        text: text.describe('What a person reads; may say {window} and {milestone}.'),
      }),
    )
    .min(1)
    .max(50),
});

export type WrittenSignal = z.output<typeof signalDefinition>;
