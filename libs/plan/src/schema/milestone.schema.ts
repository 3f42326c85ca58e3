import { z } from 'zod';
import { duration, duringSegment } from './duration.schema.js';
import { propertyName, text } from './names.js';
import { atLeast, selected } from './selector.schema.js';
import type { WrittenSelector } from './selector.schema.js';

/** Exactly one of the kinds, and perhaps `within`. */
export interface WrittenMilestoneCondition {
  count?: WrittenSelector & { atLeast: number };
  distinct?: WrittenSelector & { of: string; atLeast: number };
  activeDays?: WrittenSelector & { atLeast: number; withinDays: number };
  all?: WrittenMilestoneCondition[];
  any?: WrittenMilestoneCondition[];
  sequence?: WrittenMilestoneCondition[];
  within?: number;
}

export const MILESTONE_KINDS = ['count', 'distinct', 'activeDays', 'all', 'any', 'sequence'] as const;

const condition: z.ZodType<WrittenMilestoneCondition> = z
  .lazy(() =>
    z.strictObject({
      count: z.strictObject({ ...selected, atLeast: atLeast.default(1) }).optional(),
      distinct: z
        .strictObject({ ...selected, of: propertyName.describe('userId, or a property.'), atLeast })
        .optional(),
      activeDays: z
        .strictObject({ ...selected, atLeast, withinDays: z.int().min(1).max(366) })
        .optional()
        .describe('On so many distinct UTC dates within so many consecutive dates.'),
      all: parts.optional(),
      any: parts.optional(),
      sequence: parts.optional().describe('Reached in this order.'),
      within: duration.optional().describe("Counts only when reached so soon after the account's start."),
    }),
  )
  .meta({ id: 'milestone-condition', description: 'Exactly one kind of condition.' });

const parts = z.array(condition).min(1).max(20);

export const milestoneDefinition = z.strictObject({
  description: text,
  reached: condition,
  expectedWithin: duringSegment,
});

export type WrittenMilestone = z.output<typeof milestoneDefinition>;
