import { readFileSync } from 'node:fs';
import fc from 'fast-check';

/** docs/examples/proposed-signal.yaml as JSON. */
export const SILENCE_PROPOSAL = JSON.parse(readFileSync('docs/examples/proposed-signal.json', 'utf8')) as { signals: { 'at-risk': Proposed } }; // prettier-ignore
const SILENCE = SILENCE_PROPOSAL.signals['at-risk'];

interface Schema {
  type?: string;
  enum?: string[];
  format?: string;
  minimum?: number;
  maximum?: number;
}
interface Parameter {
  name: string;
  in: 'query' | 'path' | 'header';
  required: boolean;
  schema: Schema;
}
interface Operation {
  operationId: string;
  parameters: Parameter[];
  responses: Record<string, unknown>;
}

export interface DescribedOperation {
  path: string;
  method: string;
  operation: Operation;
}

export function describedOperations(): DescribedOperation[] {
  const { paths } = JSON.parse(readFileSync('apps/insights/openapi.json', 'utf8')) as { paths: Record<string, Record<string, Operation>> }; // prettier-ignore
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
}

/** Requests that the description allows, mixed with what it does not. `words`: what may stand in which parameter. */
export function requests({ path, operation }: DescribedOperation, words: Words): fc.Arbitrary<string> {
  const inQuery = operation.parameters.filter((one) => one.in === 'query');
  const parts = inQuery.map((one) =>
    fc.oneof(
      { weight: one.required ? 1 : 6, arbitrary: fc.constant([]) },
      { weight: one.required ? 12 : 1, arbitrary: valueOf(one, words).map((value) => [[one.name, value]]) },
    ),
  );
  const stray = fc.option(fc.tuple(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 })), { freq: 1 });
  const rarely = fc.oneof({ weight: 12, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: stray });
  const named = words[/\{(\w+)\}/.exec(path)?.[1] ?? ''] ?? [''];
  const inPath = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...named) }, { weight: 1, arbitrary: fc.string({ minLength: 1 }) }); // prettier-ignore
  return fc.tuple(inPath, fc.tuple(...parts), rarely).map(([place, pairs, more]) => {
    const query = new URLSearchParams([...pairs.flat(), ...(more ? [more] : [])] as [string, string][]);
    return `${path.replace(/\{\w+\}/, encodeURIComponent(place))}?${query.toString()}`;
  });
}

/** The body of a POST: the sample's proposal, often with something in it that is not one. */
export function bodies({ method }: DescribedOperation): fc.Arbitrary<string | null> {
  if (method !== 'POST') return fc.constant(null);
  const fields = Object.keys(SILENCE) as (keyof typeof SILENCE)[];
  const wrongField = fc.tuple(fc.constantFrom(...fields), fc.jsonValue()).map(([field, value]) => ({ signals: { 'at-risk': { ...SILENCE, [field]: value } } })); // prettier-ignore
  const wrongCondition = fc.jsonValue().map((when) => ({ signals: { 'at-risk': { ...SILENCE, reasons: [{ ...SILENCE.reasons[0], when }] } } })); // prettier-ignore
  const wrongName = fc.tuple(fc.string(), fc.jsonValue()).map(([name, value]) => ({ signals: { [name]: value } }));
  const json = fc.oneof({ weight: 6, arbitrary: fc.constant(SILENCE_PROPOSAL) }, wrongField, wrongCondition, wrongName, fc.jsonValue()); // prettier-ignore
  return fc.oneof({ weight: 15, arbitrary: json.map((body) => JSON.stringify(body)) }, { weight: 1, arbitrary: fc.string() }); // prettier-ignore
}

interface Proposed {
  description: string;
  owner: string;
  successCriterion: string;
  cooldown: string;
  reasons: { code: string; severity: string; when: { quiet: object }; text: string }[];
}

export type Words = Readonly<Record<string, readonly string[]>>;

function valueOf({ name, schema }: Parameter, words: Words): fc.Arbitrary<string> {
  const junk = fc.oneof(fc.string(), fc.double().map(String), fc.constantFrom('', '0', '-1', '1e9', 'null', "' OR 1=1 --", '[]', '%00', '\u0000')); // prettier-ignore
  return fc.oneof({ weight: 9, arbitrary: rightValue(schema, words[name] ?? ['7']) }, { weight: 1, arbitrary: junk });
}

function rightValue(
  { type, enum: allowed, format, minimum = 0, maximum = 1_000 }: Schema,
  words: readonly string[],
): fc.Arbitrary<string> {
  // prettier-ignore
  if (allowed) return fc.constantFrom(...allowed);
  if (format === 'date') {
    const [min, max] = [new Date('2025-11-01'), new Date('2026-07-01')];
    return fc.date({ min, max, noInvalidDate: true }).map((day) => day.toISOString().slice(0, 10));
  }
  if (type === 'integer' || type === 'number') {
    const small = fc.integer({ min: minimum, max: Math.min(maximum, 90) });
    return fc.oneof(small, fc.integer({ min: minimum, max: maximum })).map(String);
  }
  const days = fc.array(fc.integer({ min: 0, max: 130 }), { minLength: 1, maxLength: 4 }).map((all) => all.join(','));
  const names = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }).map((all) => all.join(','));
  return fc.oneof(fc.constantFrom(...words), names, days);
}
