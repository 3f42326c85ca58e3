import { z } from 'zod';
import { answerOf, estimate } from './answer.js';
import { by, scopeFields } from './scope.js';

export const cohortForecastQuery = z.object({
  by,
  termMonths: z.coerce
    .number()
    .int()
    .min(1)
    .max(60)
    .default(1)
    .describe('Contracts of this length, for a renewal of a month is not one of a year.'),
  renewals: z.coerce.number().int().min(1).max(120).default(12).describe('How many renewals ahead.'),
  discount: z.coerce.number().min(0).max(1).default(0.1).describe('A year’s rate by which later money counts less.'),
  ...scopeFields,
});
export type CohortForecastQuery = z.infer<typeof cohortForecastQuery>;

const forecast = z.object({
  retention: z.array(z.object({ renewal: z.number().int(), ofThoseLeft: estimate, survival: estimate })),
  value: estimate.nullable().describe('Discounted billing of a new contract over these renewals, first term included.'),
  churn: z.number(),
  isGeometric: z.boolean(),
});

export const cohortForecastAnswer = answerOf(
  z.object({
    termMonths: z.number().int(),
    currency: z.string(),
    groups: z.array(
      z.object({
        group: z.string(),
        contracts: z.number().int(),
        renewals: z.number().int(),
        losses: z.number().int(),
        meanTerm: z.number().nullable().describe('Mean billed amount of a term.'),
        forecast: forecast.nullable(),
        whyNot: z.string().nullable(),
      }),
    ),
  }),
);
export type CohortForecastAnswer = z.infer<typeof cohortForecastAnswer>;

export const accountForecastQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50).describe('Accounts on a page.'),
  cursor: z.string().max(300).optional().describe('`next` of the page before.'),
  ...scopeFields,
});
export type AccountForecastQuery = z.infer<typeof accountForecastQuery>;

const part = z.object({ factor: z.string(), value: z.number(), oddsRatio: z.number() });

export const accountForecastAnswer = answerOf(
  z.object({
    /** Whether the model beat each group’s share on later renewals that it had not seen. */
    judged: z.object({
      on: z.number().int(),
      losses: z.number().int(),
      brier: z.number().nullable(),
      baseBrier: z.number().nullable(),
      beatsBase: z.boolean(),
    }),
    accounts: z.array(
      z.object({
        account: z.string(),
        segment: z.string(),
        term: z.number().int(),
        dueInDays: z.number(),
        renewal: z.object({ estimate: z.number(), lower: z.number(), upper: z.number() }),
        /** Of the next term: its amount times the chance that it is renewed. */
        value: z.object({ estimate: z.number(), lower: z.number(), upper: z.number(), currency: z.string() }),
        /** What moves it most against the average account; none when the group’s share is given. */
        reasons: z.array(part),
      }),
    ),
    next: z.string().nullable(),
  }),
);
export type AccountForecastAnswer = z.infer<typeof accountForecastAnswer>;
