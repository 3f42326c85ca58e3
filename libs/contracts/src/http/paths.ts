import { z } from 'zod';
import { answerOf, estimate, share } from './answer.js';
import { HOPED_FOR } from './outcomes.js';
import { days, scopeFields } from './scope.js';

export const pathsQuery = z.object({
  within: days(1, 730)
    .default(60)
    .describe('Days since signup that are looked at; only accounts observed for as long.'),
  steps: z.coerce
    .number()
    .int()
    .min(1)
    .max(20)
    .default(12)
    .describe('States with a row of their own; the rarer ones are put together as `other`.'),
  ...scopeFields,
});
export type PathsQuery = z.infer<typeof pathsQuery>;

const transition = z.object({ from: z.string(), to: z.string(), ...share.shape });

export const pathsAnswer = answerOf(
  z.object({
    states: z.array(z.string()).describe('`signup` first; `cancelled` and `still-there` end a path.'),
    /** How many accounts ever came to each state in the time: for milestones the same as in /v1/funnels. */
    reached: z.array(z.object({ state: z.string(), ...share.shape })),
    transitions: z.array(transition),
  }),
);
export type PathsAnswer = z.infer<typeof pathsAnswer>;

export const nextStepQuery = z.object({
  at: z
    .string()
    .min(1)
    .max(100)
    .default('signup')
    .describe('Where an account is now: `signup`, or the last state it came to.'),
  outcome: z.enum(HOPED_FOR).default('renewal').describe('What is hoped for.'),
  within: days(1, 730)
    .default(90)
    .describe('Days since signup that are looked at; only accounts observed for as long.'),
  ...scopeFields,
});
export type NextStepQuery = z.infer<typeof nextStepQuery>;

export const nextStepAnswer = answerOf(
  z.object({
    at: z.string(),
    outcome: z.enum(HOPED_FOR),
    steps: z.array(
      z.object({
        next: z.string(),
        taken: share.describe('Of the accounts that were there, those that did this next.'),
        outcome: share.describe('Of those, the ones that came to the outcome after.'),
        gain: estimate
          .nullable()
          .describe('Chance of the outcome from there less that from here, in a chain of order 1; null for an end.'),
      }),
    ),
    best: z.string().nullable().describe('Clearly ahead of the others together; null when nothing is.'),
  }),
);
export type NextStepAnswer = z.infer<typeof nextStepAnswer>;
