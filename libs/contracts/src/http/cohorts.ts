import { z } from 'zod';
import { answerOf, share } from './answer.js';
import { by, scopeFields } from './scope.js';

export const cohortsQuery = z.object({
  by: by.unwrap().default('cohort').describe('Puts accounts in groups; `cohort` is the month of signup.'),
  period: z.enum(['week', 'month']).default('week').describe('Weeks of 7 and months of 30 days since signup.'),
  periods: z.coerce.number().int().min(1).max(60).default(12).describe('How many periods.'),
  ...scopeFields,
});
export type CohortsQuery = z.infer<typeof cohortsQuery>;

export const cohortsAnswer = answerOf(
  z.object({
    periodDays: z.number().int(),
    groups: z.array(
      z.object({
        group: z.string(),
        accounts: z.number().int(),
        /** By period from 0: who had a succeeded core action in it, of those observed to its end. */
        active: z.array(share),
      }),
    ),
  }),
);
export type CohortsAnswer = z.infer<typeof cohortsAnswer>;
