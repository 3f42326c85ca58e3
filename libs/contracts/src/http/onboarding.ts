import { z } from 'zod';
import { answerOf, estimate, share } from './answer.js';
import { days, scopeFields } from './scope.js';

export const onboardingQuery = z.object({
  landmark: days(1, 365).default(30).describe('Touches count up to this day since signup.'),
  horizon: days(1, 1095).default(60).describe('Outcomes are looked for in so many days after it.'),
  outcome: z
    .enum(['renewal', 'retention', 'expansion'])
    .default('retention')
    .describe('What is looked for after the landmark.'),
  ...scopeFields,
});
export type OnboardingQuery = z.infer<typeof onboardingQuery>;

export const ONBOARDING_KINDS = ['automated', 'personal', 'both', 'neither'] as const;

export const onboardingAnswer = answerOf(
  z.object({
    definitions: z.record(z.enum(ONBOARDING_KINDS), z.string()),
    segments: z.array(
      z.object({
        segment: z.string(),
        kinds: z.array(z.object({ kind: z.enum(ONBOARDING_KINDS), outcome: share })),
        /** Personal (with or without guides) less automated alone; as it is, not adjusted. */
        difference: z.object({ ...estimate.shape, p: z.number().nullable() }),
      }),
    ),
    /** Over all segments, weighed so that observed covariates agree; null where the data cannot. */
    adjusted: z
      .object({ difference: estimate, estimand: z.string(), isBalanced: z.boolean(), eValue: z.number().nullable() })
      .nullable(),
    whyNotAdjusted: z.string().nullable(),
  }),
);
export type OnboardingAnswer = z.infer<typeof onboardingAnswer>;
