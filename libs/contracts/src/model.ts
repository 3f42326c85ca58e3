import { z } from 'zod';

/** What a model foretells, and the signal that its reason belongs to. */
export const MODEL_KINDS = ['churn', 'expansion'] as const;
export type ModelKind = (typeof MODEL_KINDS)[number];
export const MODEL_SIGNALS: Record<ModelKind, string> = { churn: 'at-risk', expansion: 'expansion-ready' };

const number = z.number();
const count = z.number().int().min(0);
const share = z.number().min(0).max(1);
const time = z.iso.datetime();
const band = z.object({ estimate: number, lower: number, upper: number });

/** One input: what it adds to the log odds is `coefficient × (value − mean)`. */
const input = z.object({
  name: z.string().min(1),
  coefficient: number,
  /** Over the rows of training: the account against which a part of a score is stated. */
  mean: number,
  /** Distribution in training, for watching drift: `shares[i]` lies at or below `edges[i]`, the last above all edges. */
  edges: z.array(number),
  shares: z.array(share),
});

/** How the model did on what came after its training. */
export const modelJudgement = z.object({
  from: time,
  until: time,
  rows: count,
  accounts: count,
  events: count,
  /** Mean squared distance of forecast and outcome; that of the segments' shares in training; 1 − their quotient. */
  brier: number,
  baseBrier: number,
  skill: number,
  /** baseBrier − brier, its error by account, for the rows of one account are not independent. */
  gain: z.object({ estimate: number, standardError: number }),
  calibration: z.object({ intercept: band, slope: band.nullable(), observedOverExpected: number }),
  concordance: z.object({ estimate: share, standardError: number }),
  atThreshold: z.object({ alarms: count, hits: count }),
});

/** What it was fitted on: outcomes that were known by `until`. */
export const modelTraining = z.object({ from: time, until: time, rows: count, accounts: count, events: count });

const body = z.object({
  format: z.literal(1),
  kind: z.enum(MODEL_KINDS),
  /** Version of the function that makes the inputs out of an account's state. */
  featuresVersion: count,
  /** The plan under which it was fitted. */
  planVersion: z.string(),
  /** Event type. */
  foretells: z.string().min(1),
  horizonDays: z.number().int().min(1),
  /** Log odds of the average account, in no segment that has an offset. */
  intercept: number,
  inputs: z.array(input),
  /** Added to the log odds; pulled towards 0 by the prior, so a small segment borrows from the others. */
  segments: z.array(z.object({ segment: z.string(), offset: number, rows: count, events: count, base: share })),
  /** Standard deviations of the normal priors: of a coefficient for one standard deviation of its input, of an offset. */
  prior: z.object({ coefficient: number, segment: number }),
  /** A reason opens at this probability or above … */
  threshold: share,
  /** … and ends below this one. */
  endsBelow: share,
  training: modelTraining,
  judged: modelJudgement,
});

/** A fitted model as it is published: everything a score needs, and how well it did. */
export type ModelBody = z.infer<typeof body>;
/** `version` is the SHA-256 of the record's value, in hex: equal models have equal versions, and none can be altered. */
export type Model = ModelBody & { version: string };
export type ModelInput = ModelBody['inputs'][number];
export type ModelJudgement = ModelBody['judged'];

const SHORT = 12;
/** As people write a version; any beginning that only one model has will do. */
export const shortVersion = (version: string): string => version.slice(0, SHORT);

/** The bytes of a model: fields in the order of the schema, so equal models have equal bytes. */
export const encodeModel = (model: ModelBody): Buffer => Buffer.from(JSON.stringify(body.parse(model)));

/** A model from its bytes, or in words what is wrong with them. */
export function decodeModel(bytes: Buffer): { model: ModelBody } | { fault: string } {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    return { fault: `no JSON: ${(error as Error).message}` };
  }
  const parsed = body.safeParse(json);
  return parsed.success ? { model: parsed.data } : { fault: z.prettifyError(parsed.error).replaceAll('\n', ' ') };
}
