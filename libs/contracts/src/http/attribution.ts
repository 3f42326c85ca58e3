import { z } from 'zod';
import { answerOf } from './answer.js';
import { HOPED_FOR } from './outcomes.js';
import { days, scopeFields } from './scope.js';

export const attributionQuery = z.object({
  outcome: z.enum(HOPED_FOR).default('subscription').describe('What the touches came before.'),
  within: days(1, 730)
    .default(60)
    .describe('Days since signup that are looked at; only accounts observed for as long.'),
  halfLife: days(1, 365).default(14).describe('Days after which a touch counts half, under time decay.'),
  ...scopeFields,
});
export type AttributionQuery = z.infer<typeof attributionQuery>;

const shareOut = z.object({ share: z.number(), lower: z.number(), upper: z.number() });

export const attributionAnswer = answerOf(
  z.object({
    outcome: z.enum(HOPED_FOR),
    conversionRate: z.number(),
    touches: z.array(
      z.object({
        touch: z
          .string()
          .describe(
            '`channel:…` is how the account came, `other` the rarest beyond the first 49; the others are guides and what was heard.',
          ),
        isQualitative: z.boolean(),
        accounts: z.number().int().describe('Accounts that had it before the outcome.'),
        lastTouch: shareOut.describe('Share of conversions by the last touch alone, for comparison.'),
        decay: shareOut.describe('Share under time decay.'),
        removal: z
          .object({ share: z.number(), lower: z.number().nullable(), upper: z.number().nullable(), effect: z.number() })
          .nullable()
          .describe('Without bounds for a touch that nobody with the outcome had.'),
      }),
    ),
    whyNoRemoval: z.string().nullable(),
    themes: z.array(
      z.object({
        touch: z.string(),
        theme: z.string(),
        accounts: z.number().int(),
        converted: z.number().int(),
        sentiment: z.number().nullable().describe('Mean, −1 to 1.'),
      }),
    ),
  }),
);
export type AttributionAnswer = z.infer<typeof attributionAnswer>;
