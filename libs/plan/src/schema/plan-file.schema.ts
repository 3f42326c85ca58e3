import { z } from 'zod';
import { duration } from './duration.schema.js';
import { eventDefinition } from './event.schema.js';
import { milestoneDefinition } from './milestone.schema.js';
import { eventName, kebabName, text } from './names.js';
import { signalDefinition } from './signal.schema.js';

const segment = z.strictObject({
  from: z.int().min(0).default(0).describe('Company size, inclusive.'),
  below: z.int().min(1).optional().describe('Company size, exclusive; without it no upper end.'),
  unknownSize: z.boolean().default(false).describe('True for the one segment of accounts whose size is not known.'),
});

/**
 * One file of a tracking plan, as people write it. A plan is a folder of them: what they hold is put together, so each
 * key is optional here and asked for once all files are read.
 */
export const planFile = z.strictObject({
  name: text.optional(),
  productLines: z.array(kebabName).min(1).max(50).optional(),
  deduplicationWindow: duration.optional().describe('A repeat of (source, id) within this time is a duplicate.'),
  historyRest: duration
    .optional()
    .describe('An account whose history is being filled in is judged when no more of it has come for so long (30 s).'),
  unplannedProperties: z.enum(['keep', 'reject']).optional().describe('keep (the default) also counts them.'),
  lifecycle: z
    .strictObject({
      start: eventName.describe("The account's clock starts at its earliest event of this type."),
      end: eventName.describe("Ends the account's signals."),
    })
    .optional(),
  segments: z.record(kebabName, segment).optional().describe('By company size, without gaps.'),
  events: z.record(eventName, eventDefinition).optional(),
  milestones: z.record(kebabName, milestoneDefinition).optional(),
  signals: z.record(kebabName, signalDefinition).optional(),
});

export type PlanFile = z.output<typeof planFile>;
export type WrittenSegment = z.output<typeof segment>;

/** JSON Schema (draft 7, which editors know best) of one plan file: what `plan/schema.json` holds. */
export function planJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(planFile, { io: 'input', target: 'draft-7' }) as Record<string, unknown>;
}
