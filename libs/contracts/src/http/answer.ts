import { z } from 'zod';

/** An estimate with its interval; a bound that the data can't give is null. */
export const estimate = z.object({
  estimate: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
});
export type Estimate = z.infer<typeof estimate>;

export const share = z.object({
  /** How many of how many; the share with Wilson's interval. */
  count: z.number().int(),
  of: z.number().int(),
  ...estimate.shape,
});
export type Share = z.infer<typeof share>;

export const warning = z.object({
  code: z
    .enum([
      'small-cell',
      'few-events',
      'immature',
      'not-comparable',
      'no-overlap',
      'not-balanced',
      'association-only',
      'assumption',
      'poor-data',
      'not-proportional',
      'no-estimate',
      'behind',
      'incomplete-data',
    ])
    .describe(
      "`behind` and `incomplete-data` are of the data behind every answer: it stands earlier than it could, or the company's data has a gap. The others are of this answer.",
    ),
  text: z.string(),
});
export type Warning = z.infer<typeof warning>;

const leftOut = z.object({ reason: z.string(), accounts: z.number().int() });

/** What stands around the data of every answer, so that a figure is never seen without what it rests on. */
export const envelope = {
  method: z.object({ name: z.string(), says: z.string() }),
  sample: z.object({
    accounts: z.number().int(),
    leftOut: z.array(leftOut),
    asOf: z.string().describe('Stream time of the partition that is furthest behind; RFC 3339.'),
    scope: z.record(z.string(), z.string()).describe('The filters that were asked for.'),
  }),
  events: z.object({ count: z.number().int(), what: z.string() }),
  censoring: z.object({ accounts: z.number().int(), rule: z.string() }).nullable(),
  interval: z.object({ confidence: z.number(), kind: z.string() }).nullable(),
  warnings: z.array(warning),
  sentence: z.string(),
} as const;

export const answerOf = <T extends z.ZodType>(data: T) => z.object({ data, ...envelope });

export type Answer<T> = { data: T } & z.infer<z.ZodObject<typeof envelope>>;
