import { z } from 'zod';
import { answerOf } from './answer.js';

export const backtestsQuery = z.object({
  foretells: z.string().min(1).max(100).optional().describe('Event type that the signals are to foretell. Default: what the plan says ends an account.'), // prettier-ignore
  withinDays: z.coerce.number().int().min(1).max(1000).default(60).describe('An alarm is right when the event follows within so many days.'), // prettier-ignore
});
export type BacktestsQuery = z.infer<typeof backtestsQuery>;

/** Each signal is checked as a part of the plan, which knows events and milestones; here only that there are some. */
export const backtestsBody = z.strictObject({
  signals: z
    .record(z.string(), z.looseObject({}))
    .describe('Proposed signals by name, as in the plan (plan/schema.json says how one is written). One of the name of a signal in force takes its place.'), // prettier-ignore
});
export type BacktestsBody = z.infer<typeof backtestsBody>;

const share = z.object({
  value: z
    .object({ estimate: z.number(), lower: z.number(), upper: z.number() })
    .nullable()
    .describe('Null where there is nothing to take a share of.'),
  of: z.number().int(),
});

const row = z.object({
  segment: z.string().describe('`all` for all together.'),
  accounts: z.number().int(),
  alarms: z.number().int(),
  undecided: z.number().int().describe('Alarms whose horizon had not passed: in no share.'),
  precision: share.describe('Of the decided alarms, those that the event followed within the horizon.'),
  recall: share.describe('Of the events, those that an alarm came before, by at most the horizon.'),
  leadDays: z
    .object({ lower: z.number(), median: z.number(), upper: z.number() })
    .nullable()
    .describe('From the alarm to the event: quartiles.'),
  falseAlarmsPerWeek: z.number().nullable(),
  alarmsPerOutcome: z.number().nullable().describe('Decided alarms for each event that was foretold.'),
  random: z
    .object({ precision: z.number().nullable(), recall: z.number().nullable() })
    .describe('What as many alarms at moments of chance would do.'),
});

export const backtestsAnswer = answerOf(
  z.object({
    foretells: z.string(),
    withinDays: z.number().int(),
    signals: z.array(
      z.object({
        signal: z.string(),
        proposed: z.array(row),
        current: z.array(row).describe('The rules in force; empty where the plan has no such signal.'),
      }),
    ),
  }),
);
export type BacktestsAnswer = z.infer<typeof backtestsAnswer>;
