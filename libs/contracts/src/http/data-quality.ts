import { z } from 'zod';
import { answerOf, share } from './answer.js';

export const dataQualityQuery = z.object({});
export type DataQualityQuery = z.infer<typeof dataQualityQuery>;

export const dataQualityAnswer = answerOf(
  z.object({
    journeys: z.object({
      complete: share.describe('Accounts with `account.created`.'),
      withoutStart: z.number().int(),
      afterEnd: z
        .number()
        .int()
        .describe('Accounts that used the product, or had to do with a contract, more than a day after they left.'),
    }),
    context: z.array(z.object({ field: z.string(), known: share })),
    rejected: z.array(z.object({ code: z.string(), records: z.number().int(), lastAt: z.string() })),
    duplicates: z.object({ rows: z.number().int(), repeated: z.number().int() }),
    lateness: z.object({ late: share.describe('Events that came more than a day after they happened.') }),
    silent: z
      .array(z.object({ type: z.string(), owner: z.string(), steward: z.string(), lastAt: z.string().nullable() }))
      .describe('Event types of the plan that have not come for 7 days, or never.'),
    /** Accounts with full context beside all: is who we know of like everyone? */
    bias: z.array(z.object({ covariate: z.string(), known: z.number(), all: z.number(), standardised: z.number() })),
  }),
);
export type DataQualityAnswer = z.infer<typeof dataQualityAnswer>;
