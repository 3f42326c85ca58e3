import { z } from 'zod';
import { answerOf, estimate } from './answer.js';
import { amountFields, days } from './scope.js';

export const EFFECT_OUTCOMES = ['renewal', 'retention', 'expansion', 'revenue'] as const;
export type EffectOutcome = (typeof EFFECT_OUTCOMES)[number];

export const effectsQuery = z.object({
  exposure: z
    .string()
    .min(1)
    .max(100)
    .describe('A milestone reached by the landmark; or `automated` (a guide completed) or `personal` (an interview or a ticket) by then.'), // prettier-ignore
  outcome: z
    .enum(EFFECT_OUTCOMES)
    .default('renewal')
    .describe(
      'What is looked for after the landmark. `revenue`: what the contract brings in these days, each term’s amount spread evenly over its days, whenever it was billed.',
    ),
  landmark: days(1, 365).default(14).describe('Days since signup; who reached it later counts as not.'),
  horizon: days(1, 1095).default(60).describe('The outcome is looked for in so many days after the landmark.'),
  ...amountFields,
});
export type EffectsQuery = z.infer<typeof effectsQuery>;

const arms = z.object({ exposed: z.number(), others: z.number() });
const difference = z.object({ ...estimate.shape, p: z.number().nullable() });
const eValue = z.object({ estimate: z.number(), interval: z.number() }).nullable();

const adjusted = z.object({
  method: z.string(),
  estimand: z.string(),
  means: arms,
  difference,
  riskRatio: estimate.nullable(),
  /** How strongly an unobserved cause must go with both to explain it all; and to move the interval to no effect. */
  eValue,
});

export const effectsAnswer = answerOf(
  z.object({
    exposure: z.string(),
    outcome: z.enum(EFFECT_OUTCOMES),
    unit: z.string().describe('Of the means and differences.'),
    accounts: arms,
    naive: z.object({ means: arms, difference }),
    adjusted: z.array(adjusted),
    covariates: z.array(z.string()),
    overlap: z.object({
      coefficient: z.number(),
      outsideCommon: z.number(),
      extreme: z.number(),
      bins: z.array(z.object({ from: z.number(), to: z.number(), exposed: z.number(), others: z.number() })),
    }),
    balance: z.array(z.object({ covariate: z.string(), before: z.number(), after: z.number() })),
    isBalanced: z.boolean(),
    effectiveSize: arms,
  }),
);
export type EffectsAnswer = z.infer<typeof effectsAnswer>;
