import { z } from 'zod';
import { answerOf, share } from './answer.js';
import { by, days, scopeFields } from './scope.js';

export const funnelsQuery = z.object({
  by,
  steps: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .describe(
      'Steps in order, separated by commas: milestones, and `subscribed`, `renewed`, `expanded`. Default: the plan’s milestones, then `subscribed`.',
    ),
  within: days(1, 730).default(60).describe('Days since signup in which all of it must happen.'),
  order: z
    .enum(['strict', 'any'])
    .default('any')
    .describe('`strict`: each step at or after the one before. `any`: each with all before it, in whatever order.'),
  ...scopeFields,
});
export type FunnelsQuery = z.infer<typeof funnelsQuery>;

export const funnelsAnswer = answerOf(
  z.object({
    steps: z.array(z.string()),
    groups: z.array(
      z.object({
        group: z.string(),
        accounts: z.number().int(),
        immature: z.number().int(),
        steps: z.array(z.object({ step: z.string(), ofAll: share, ofPrevious: share, lost: z.number().int() })),
      }),
    ),
  }),
);
export type FunnelsAnswer = z.infer<typeof funnelsAnswer>;
