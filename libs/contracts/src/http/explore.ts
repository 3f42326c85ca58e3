import { z } from 'zod';
import { answerOf, estimate } from './answer.js';
import { amountFields, DIMENSIONS } from './scope.js';

const names = (what: string) =>
  z.string().min(1).max(500).describe(`${what}, separated by commas; /v1/explore/catalogue lists them.`);

export const exploreQuery = z.object({
  measures: names('Named measures').default('accounts'),
  dimensions: names('At most two named dimensions').default('segment'),
  limit: z.coerce.number().int().min(1).max(1000).default(100).describe('Rows on a page.'),
  cursor: z.string().max(200).optional().describe('`next` of the page before.'),
  ...amountFields,
});
export type ExploreQuery = z.infer<typeof exploreQuery>;

export const exploreAnswer = answerOf(
  z.object({
    rows: z.array(
      z.object({
        dimensions: z.record(z.string(), z.string()),
        accounts: z.number().int(),
        measures: z.record(z.string(), z.object({ of: z.number().int(), ...estimate.shape })),
      }),
    ),
    currency: z.string().nullable().describe('Of measures whose unit is an amount; null where there is none.'),
    next: z.string().nullable(),
  }),
);
export type ExploreAnswer = z.infer<typeof exploreAnswer>;

export const catalogueQuery = z.object({});
export const catalogueAnswer = answerOf(
  z.object({
    measures: z.array(z.object({ name: z.string(), description: z.string(), unit: z.string() })),
    dimensions: z.array(z.object({ name: z.enum(DIMENSIONS), description: z.string() })),
  }),
);
export type CatalogueQuery = z.infer<typeof catalogueQuery>;
export type CatalogueAnswer = z.infer<typeof catalogueAnswer>;
