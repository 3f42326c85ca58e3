import { CONTEXT_FIELDS, OUTCOMES } from '@milepost/contracts';
import { z } from 'zod';
import { parseDuration } from './duration.js';

/** The YAML that people write. Everything is strict: a misspelt key is a mistake, not an extension. */
const name = z.string().regex(/^[a-z][a-z0-9._:-]*$/, 'want lower case letters, digits, ".", "_", ":" or "-"');
const duration = z
  .string()
  .refine((text) => parseDuration(text) !== null, 'want a duration such as "7 d", "12 h", "90 min"')
  .describe('A duration: 7 d, 12 h, 90 min, 30 s.');
const window = z.union([duration, z.object({ default: duration }).catchall(duration)]);
const positive = z.number().int().min(1).max(10_000);
const share = z.number().min(0).max(1);
const one = { event: z.union([name, z.array(name).min(1)]).describe('An event, a list, or core-actions.') };
const withOutcome = { ...one, outcome: z.enum(OUTCOMES).optional() };

const property = z.strictObject({
  type: z.enum(['string', 'integer', 'number', 'boolean']),
  required: z.boolean().default(false),
  description: z.string().default(''),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  allowed: z.array(z.string()).min(1).optional(),
});

const event = z.strictObject({
  description: z.string().min(1),
  owner: z.string().min(1),
  steward: z.string().min(1),
  productLines: z.array(name).optional(),
  coreAction: z.boolean().default(false),
  requiredContext: z.array(z.enum(CONTEXT_FIELDS)).default([]),
  properties: z.record(z.string(), property).default({}),
});

const within = { within: duration.optional() };
export type MilestoneYaml =
  | { count: { event: string | string[]; outcome?: (typeof OUTCOMES)[number]; atLeast: number }; within?: string }
  | {
      distinct: { of: string; event: string | string[]; outcome?: (typeof OUTCOMES)[number]; atLeast: number };
      within?: string;
    }
  | {
      activeDays: { event: string | string[]; outcome?: (typeof OUTCOMES)[number]; atLeast: number; days: number };
      within?: string;
    }
  | { all: MilestoneYaml[]; within?: string }
  | { any: MilestoneYaml[]; within?: string }
  | { sequence: MilestoneYaml[]; within?: string };
const milestoneCondition: z.ZodType<MilestoneYaml> = z.lazy(() =>
  z.union([
    z.strictObject({ count: z.strictObject({ ...withOutcome, atLeast: positive }), ...within }),
    z.strictObject({ distinct: z.strictObject({ of: z.string(), ...withOutcome, atLeast: positive }), ...within }),
    z.strictObject({ activeDays: z.strictObject({ ...withOutcome, atLeast: positive, days: positive }), ...within }),
    z.strictObject({ all: z.array(milestoneCondition).min(1), ...within }),
    z.strictObject({ any: z.array(milestoneCondition).min(1), ...within }),
    z.strictObject({ sequence: z.array(milestoneCondition).min(1), ...within }),
  ]),
);

const quiet = z.strictObject({ ...withOutcome, after: name.optional(), for: window });
const failureShare = z.strictObject({
  ...one,
  atLeast: positive,
  within: duration,
  over: share,
  recoverLast: positive,
  recoverShare: share,
});
const count = z.strictObject({ ...withOutcome, atLeast: positive, within: duration, endsBelow: positive });
const eventUntilEvent = z.strictObject({ event: one.event, until: one.event, expiresAfter: duration });
export type SignalYaml =
  | { stalled: string }
  | { reached: string }
  | { quiet: z.infer<typeof quiet> }
  | { failureShare: z.infer<typeof failureShare> }
  | { count: z.infer<typeof count> }
  | { eventUntilEvent: z.infer<typeof eventUntilEvent> }
  | { all: SignalYaml[] }
  | { any: SignalYaml[] };
const signalCondition: z.ZodType<SignalYaml> = z.lazy(() =>
  z.union([
    z.strictObject({ stalled: name }),
    z.strictObject({ reached: name }),
    z.strictObject({ quiet }),
    z.strictObject({ failureShare }),
    z.strictObject({ count }),
    z.strictObject({ eventUntilEvent }),
    z.strictObject({ all: z.array(signalCondition).min(1) }),
    z.strictObject({ any: z.array(signalCondition).min(1) }),
  ]),
);

const milestone = z.strictObject({
  name,
  description: z.string().min(1),
  condition: milestoneCondition,
  expectedWithin: window,
});

const signal = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'want lower case letters, digits and "-": it names a topic'),
  description: z.string().min(1),
  owner: z.string().min(1),
  successCriterion: z.string().min(1),
  cooldown: duration,
  reasons: z
    .array(
      z.strictObject({
        code: name,
        severity: z.enum(['high', 'medium']),
        text: z.string().min(1).describe('Plain words; {window} becomes the window that applied.'),
        condition: signalCondition,
      }),
    )
    .min(1),
});

export const planYaml = z.strictObject({
  name: z.string().min(1),
  productLines: z.array(name).min(1),
  deduplicationWindow: duration,
  unplannedProperties: z.enum(['keep', 'reject']),
  lifecycle: z.strictObject({ start: name, end: name }),
  segments: z.array(z.strictObject({ name, below: z.number().int().min(1).optional() })).min(1),
  unknownSize: name,
  events: z.record(name, event),
  milestones: z.array(milestone).default([]),
  signals: z.array(signal).default([]),
});
export type PlanYaml = z.infer<typeof planYaml>;
