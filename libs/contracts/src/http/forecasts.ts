import { z } from 'zod';
import { answerOf, estimate } from './answer.js';
import { amountFields, by, scopeFields } from './scope.js';

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
  ...amountFields,
});
export type CohortForecastQuery = z.infer<typeof cohortForecastQuery>;

const bounds = z.object({ estimate: z.number(), lower: z.number(), upper: z.number() });

const forecast = z.object({
  retention: z.array(z.object({ renewal: z.number().int(), ofThoseLeft: estimate, survival: estimate })),
  value: estimate
    .nullable()
    .describe(
      'Discounted billing of a new contract over these renewals, first term included. Null where it cannot be told; a warning says why.',
    ),
  churn: z.number(),
  isGeometric: z.boolean(),
});

const incidence = z.object({
  byDay: z.number().describe('Days since the contract began: that of the last renewal asked for, or the last day that enough were seen for.'), // prettier-ignore
  atRisk: z.number().int().describe('Contracts still there then that had not expanded.'),
  events: z.number().int().describe('Contracts that had expanded by then.'),
  raw: bounds.describe('Of the group alone.'),
  pull: z.number().describe('From 0 to 1: the weight of the other groups in the estimate.'),
  ...bounds.shape,
});

export const cohortForecastAnswer = answerOf(
  z.object({
    termMonths: z.number().int(),
    currency: z.string().nullable().describe('Null where contracts are in several: then nothing is said of amounts.'),
    groups: z.array(
      z.object({
        group: z.string(),
        contracts: z.number().int(),
        renewals: z.number().int(),
        losses: z.number().int(),
        meanTerm: z.number().nullable().describe('Mean billed amount of a term of this length.'),
        forecast: forecast.nullable(),
        expansion: incidence.nullable().describe('Null where nobody was seen for a day.'),
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

const judged = z.object({
  on: z.number().int().describe('Later decisions that the model had not seen.'),
  events: z.number().int(),
  brier: z.number().nullable(),
  baseBrier: z.number().nullable().describe('Of the share of each segment.'),
  gain: z
    .object({ estimate: z.number(), standardError: z.number() })
    .nullable()
    .describe('By how much the Brier score is better than the base’s, with its error by account.'),
  concordance: z.number().nullable(),
  calibration: z.object({ intercept: bounds, slope: bounds.nullable(), observedOverExpected: z.number() }).nullable(),
  beatsBase: z
    .boolean()
    .describe('Whether it is heard: the gain is more than chance would have it, as of a model that is published.'),
});
/** How a model did on later decisions, beside each segment's share; null where there is none, or none to judge. */
export type ForecastJudged = z.infer<typeof judged>;

const reason = z.object({ factor: z.string(), value: z.number(), oddsRatio: z.number() });
const reasons = z.array(reason);

export const accountForecastAnswer = answerOf(
  z.object({
    judged: z.object({ renewal: judged, expansion: judged }),
    expansionDays: z.number().int().describe('An expansion is foretold for so many days from now.'),
    accounts: z.array(
      z.object({
        account: z.string(),
        segment: z.string(),
        term: z.number().int(),
        dueInDays: z
          .number()
          .nullable()
          .describe(
            'Until the term ends; below 0 where it should have been renewed already. Null where its length is not known.',
          ),
        renewal: bounds.extend({ reasons: reasons.describe('What moves it most against the average account of the page, as odds ratios of a loss; none when the segment’s share is given.') }), // prettier-ignore
        expansion: bounds.extend({ reasons: reasons.describe('As odds ratios of an expansion.') }),
        value: bounds
          .extend({ currency: z.string() })
          .nullable()
          .describe('Of the next term: what the account pays now times the chance that it is renewed. Without a further expansion. Null for an account that was billed in several currencies, or that pays less than 0 now.'), // prettier-ignore
      }),
    ),
    next: z.string().nullable(),
  }),
);
export type AccountForecastAnswer = z.infer<typeof accountForecastAnswer>;
