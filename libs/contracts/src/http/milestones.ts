import { z } from 'zod';
import { answerOf, estimate, share } from './answer.js';
import { by, days, scopeFields } from './scope.js';

export const milestonesQuery = z.object({
  by,
  within: days(1, 730)
    .optional()
    .describe('Days since signup; otherwise the window that the plan expects for each segment.'),
  ...scopeFields,
});
export type MilestonesQuery = z.infer<typeof milestonesQuery>;

const reachedGroup = z.object({
  group: z.string(),
  accounts: z.number().int(),
  /** Of the accounts that were there for the whole window. */
  reached: share,
  /** Too young to say. */
  immature: z.number().int(),
  /** So far, whenever. */
  ever: z.number().int(),
});

export const milestonesAnswer = answerOf(
  z.array(
    z.object({
      milestone: z.string(),
      description: z.string(),
      expectedWithinDays: z.record(z.string(), z.number()).describe('By segment; `default` for the others.'),
      groups: z.array(reachedGroup),
    }),
  ),
);
export type MilestonesAnswer = z.infer<typeof milestonesAnswer>;

export const milestoneTimeQuery = z.object({ by, ...scopeFields });
export type MilestoneTimeQuery = z.infer<typeof milestoneTimeQuery>;

export const milestoneTimeAnswer = answerOf(
  z.object({
    milestone: z.string(),
    groups: z.array(
      z.object({
        group: z.string(),
        accounts: z.number().int(),
        reached: z.number().int(),
        endedBefore: z.number().int(),
        censored: z.number().int(),
        /** Days since signup by which 25, 50, 75 and 90 % of all accounts have reached it; null: not within the data. */
        quantiles: z.array(z.object({ share: z.number(), days: estimate })),
        /** The share that has reached it by a day; those at risk just before. */
        curve: z.array(z.object({ day: z.number(), atRisk: z.number(), ...estimate.shape })),
      }),
    ),
  }),
);
export type MilestoneTimeAnswer = z.infer<typeof milestoneTimeAnswer>;
