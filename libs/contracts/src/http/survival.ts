import { z } from 'zod';
import { answerOf, estimate } from './answer.js';
import { by, days, scopeFields } from './scope.js';

export const OUTCOMES = ['cancellation', 'subscription', 'expansion'] as const;
export type SurvivalOutcome = (typeof OUTCOMES)[number];

export const survivalQuery = z.object({
  by,
  outcome: z.enum(OUTCOMES).default('cancellation').describe('What is waited for.'),
  clock: z
    .enum(['signup', 'renewal'])
    .default('signup')
    .describe('`renewal` counts terms instead of days, for contracts cannot end within one; only with `cancellation`.'),
  at: z
    .string()
    .regex(/^\d{1,4}(,\d{1,4}){0,19}$/, { error: 'want whole numbers separated by commas, at most 20' })
    .optional()
    .describe(
      'Days since signup (or terms) at which to tell the curve, none past the account seen longest; default 30, 60, 90, … (or 1, 2, 3, …), at most 12, within the data. The sentence compares groups at the last of them at which 10 accounts of each are still there.',
    ),
  ...scopeFields,
});
export type SurvivalQuery = z.infer<typeof survivalQuery>;

const point = z.object({ time: z.number(), atRisk: z.number(), ...estimate.shape });
const test = z.object({ statistic: z.number(), degreesOfFreedom: z.number(), p: z.number() });

export const survivalAnswer = answerOf(
  z.object({
    unit: z.enum(['days', 'terms']),
    /** Of `curve`: the share without it (survival), or the share that had it, with leaving as a competing event. */
    shows: z.enum(['survival', 'incidence']),
    groups: z.array(
      z.object({
        group: z.string(),
        accounts: z.number().int(),
        events: z.number().int(),
        competing: z.number().int(),
        censored: z.number().int(),
        median: estimate,
        at: z.array(point),
        curve: z.array(point),
      }),
    ),
    /** That the groups do not differ; null for one group, or where nothing compares them. */
    logRank: test.nullable(),
  }),
);
export type SurvivalAnswer = z.infer<typeof survivalAnswer>;

const landmarks = z
  .string()
  .regex(/^\d{1,3}(,\d{1,3}){0,5}$/, { error: 'want whole numbers of days separated by commas, at most 6' })
  .optional()
  .describe('Days since signup, 7,14,30 unless given. Choose them before you look; several are shown.');

export const milestoneSurvivalQuery = z.object({
  outcome: z.enum(OUTCOMES).default('cancellation').describe('What is waited for.'),
  design: z
    .enum(['landmark', 'time-varying', 'fixed'])
    .default('landmark')
    .describe('`fixed` is refused: it credits accounts with the time they had to survive to reach the milestone.'),
  landmarks,
  horizon: days(1, 1095).optional().describe('Follow-up ends so many days after the landmark.'),
  ...scopeFields,
});
export type MilestoneSurvivalQuery = z.infer<typeof milestoneSurvivalQuery>;

const hazardRatio = z.object({ ratio: z.number(), lower: z.number(), upper: z.number(), p: z.number() });

export const milestoneSurvivalAnswer = answerOf(
  z.object({
    milestone: z.string(),
    outcome: z.enum(OUTCOMES),
    design: z.enum(['landmark', 'time-varying']),
    comparisons: z.array(
      z.object({
        /** Days since signup; null for time-varying. */
        landmark: z.number().nullable(),
        accounts: z.number().int(),
        events: z.number().int(),
        leftOut: z.object({ ended: z.number().int(), tooYoung: z.number().int() }),
        /** Of those who have reached it against those who have not (yet), within segments. Null: not estimable. */
        hazardRatio: hazardRatio.nullable(),
        whyNot: z.string().nullable(),
        groups: z.array(
          z.object({
            reached: z.boolean(),
            accounts: z.number().int(),
            events: z.number().int(),
            curve: z.array(point),
          }),
        ),
      }),
    ),
  }),
);
export type MilestoneSurvivalAnswer = z.infer<typeof milestoneSurvivalAnswer>;

export const immortalTimeQuery = z.object({ outcome: z.enum(OUTCOMES).default('cancellation').describe('What is waited for.'), landmarks, ...scopeFields }); // prettier-ignore
export type ImmortalTimeQuery = z.infer<typeof immortalTimeQuery>;

export const immortalTimeAnswer = answerOf(
  z.object({
    milestone: z.string(),
    designs: z.array(
      z.object({
        design: z.string(),
        isHonest: z.boolean(),
        hazardRatio: hazardRatio.nullable(),
        says: z.string(),
      }),
    ),
  }),
);
export type ImmortalTimeAnswer = z.infer<typeof immortalTimeAnswer>;
