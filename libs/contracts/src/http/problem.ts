import { z } from 'zod';

/** Every refusal of the API, by the last part of its `type`; each says what to do instead. */
export const PROBLEMS = {
  'invalid-query': { status: 400, title: 'A query parameter is not understood' },
  'unknown-value': { status: 400, title: 'There is no such value' },
  'invalid-proposal': { status: 400, title: 'The proposed signals are not understood' },
  unauthenticated: { status: 401, title: 'An API key is needed' },
  'not-allowed': { status: 403, title: 'The API key may not ask this' },
  'no-such-model': { status: 404, title: 'There is no such model' },
  'models-not-configured': { status: 404, title: 'This service was not told where models are' },
  'query-too-long': { status: 414, title: 'The query is too long' },
  'immortal-time': { status: 422, title: 'This design credits accounts with time they had to survive' },
  'not-enough-data': { status: 422, title: 'There is not enough data to say anything' },
  'not-estimable': { status: 422, title: 'The data cannot tell this apart' },
  'several-currencies': { status: 422, title: 'Amounts in several currencies cannot be added up' },
  'beyond-the-data': { status: 422, title: 'No account was observed for so long' },
  'query-too-costly': { status: 422, title: 'The question reads too much' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'warehouse-unavailable': { status: 503, title: 'ClickHouse does not answer' },
  'kafka-unavailable': { status: 503, title: 'Kafka does not answer' },
  'not-ready': { status: 503, title: 'The first snapshot is being made' },
} as const;
export type ProblemName = keyof typeof PROBLEMS;

export const problemType = (name: ProblemName): string => `urn:milepost:problem:${name}`;

/** RFC 9457. `errors` names each parameter, or the path to a field of the body. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  errors: z.array(z.object({ parameter: z.string(), detail: z.string() })).optional(),
});
export type ProblemDocument = z.infer<typeof problem>;
