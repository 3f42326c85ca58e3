import { z } from 'zod';
import { MODEL_KINDS, modelJudgement, modelTraining } from '../model.js';
import { answerOf } from './answer.js';

const kind = z.enum(MODEL_KINDS);
const version = z.string().describe('SHA-256 of the model, in hex: the key of its record on onboarding.models.');
const foretold = {
  kind,
  signal: z.string().describe('The signal that a reason of the model belongs to.'),
  foretells: z.string().describe('Event type.'),
  horizonDays: z.number().int().describe('Within so many days.'),
};

export const modelsQuery = z.object({
  kind: kind.optional().describe('Models of this kind alone.'),
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('Models on a page, the newest first.'),
  cursor: z.string().max(100).optional().describe('`next` of the page before.'),
});
export type ModelsQuery = z.infer<typeof modelsQuery>;

const model = z.object({
  version,
  ...foretold,
  published: z.string().describe('When, as the broker has it: at once after it was fitted.'),
  training: modelTraining,
  judged: modelJudgement,
  threshold: z.number().describe('A reason opens at this probability or above.'),
  isInForce: z.boolean(),
  inForce: z
    .array(z.object({ since: z.string(), until: z.string().nullable() }))
    .describe('Each time, the oldest first; `until` null: to this day. Scores of instants in it are this model’s.'),
  unusable: z.string().nullable().describe('Why this version of Milepost can’t score with it; null: it can.'),
});

export const modelsAnswer = answerOf(z.object({ models: z.array(model), next: z.string().nullable() }));
export type ModelsAnswer = z.infer<typeof modelsAnswer>;

export const modelDriftQuery = z.object({
  version: z
    .string()
    .regex(/^[0-9a-f]{4,64}$/, 'want the first 4 to 64 hex digits of a version')
    .optional()
    .describe('The beginning of a version. Default: the one in force.'),
  days: z.coerce.number().int().min(1).max(365).default(28).describe('What was observed in the last so many days.'),
});
export type ModelDriftQuery = z.infer<typeof modelDriftQuery>;

const level = z.enum(['steady', 'watch', 'drifted']);
const moved = {
  index: z.number().describe('Population stability index against training: below 0.1 nothing has moved, from 0.25 on much has.'), // prettier-ignore
  level,
};

export const modelDriftAnswer = answerOf(
  z.object({
    version,
    ...foretold,
    days: z.number().int(),
    level: level.describe('The worst of all.'),
    accountPeriods: z.number().int(),
    inputs: z.array(z.object({ input: z.string(), says: z.string(), ...moved })),
    segments: z.object(moved),
    calibration: z.object({
      level,
      judged: modelJudgement.nullable().describe('On the outcomes that came due in these days.'),
      whyNot: z.string().nullable(),
    }),
  }),
);
export type ModelDriftAnswer = z.infer<typeof modelDriftAnswer>;
