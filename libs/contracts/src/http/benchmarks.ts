import { z } from 'zod';
import { answerOf } from './answer.js';
import { DIMENSIONS, scopeFields } from './scope.js';

export const benchmarksQuery = z.object({
  measure: z.string().min(1).max(100).default('renewed-90').describe('A share of /v1/explore/catalogue.'),
  by: z.enum(DIMENSIONS).exclude(['all', 'productLine']).default('segment').describe('What groups share strength.'),
  ...scopeFields,
});
export type BenchmarksQuery = z.infer<typeof benchmarksQuery>;

export const benchmarksAnswer = answerOf(
  z.object({
    measure: z.string(),
    prior: z.string(),
    average: z.object({ estimate: z.number(), lower: z.number().nullable(), upper: z.number().nullable() }),
    groups: z.array(
      z.object({
        group: z.string(),
        count: z.number().int(),
        of: z.number().int(),
        raw: z.number().nullable(),
        /** Pulled towards the others. */
        estimate: z.number(),
        lower: z.number(),
        upper: z.number(),
        /** Weight of the others in the estimate, 0 to 1. */
        pull: z.number(),
      }),
    ),
  }),
);
export type BenchmarksAnswer = z.infer<typeof benchmarksAnswer>;
