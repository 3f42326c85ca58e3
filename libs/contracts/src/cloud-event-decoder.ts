import { parseTime } from './micros.js';
import { CONTEXT_FIELDS, OUTCOMES } from './onboarding-event.js';
import type { AccountContext, OnboardingEvent, Outcome, PropertyValue } from './onboarding-event.js';
import type { Violation, ViolationCode } from './violation.js';

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const pointer = (at: string, name: string): string => `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
const kindOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

/** Collects what is wrong while the fields are read, so that a sender learns of every fault at once. */
class Reader {
  readonly violations: Violation[] = [];

  reject(code: ViolationCode, field: string, message: string): void {
    this.violations.push({ code, field, message });
  }

  required(from: Json, name: string, code: ViolationCode = 'Required-Missing'): string {
    const value = from[name];
    if (value === undefined || value === null || value === '')
      this.reject(code, `/${name}`, `${name} is missing; want a non-empty string.`);
    else if (typeof value !== 'string') this.mismatch(`/${name}`, value, 'a string');
    else return value;
    return '';
  }

  optional(from: Json, name: string, at: string): string | null {
    const value = from[name];
    if (value === undefined || value === null) return null;
    if (typeof value === 'string') return value;
    this.mismatch(`${at}/${name}`, value, 'a string');
    return null;
  }

  object(from: Json, name: string, at: string): Json | null {
    const value = from[name];
    if (value === undefined || value === null) return null;
    if (isObject(value)) return value;
    this.mismatch(`${at}/${name}`, value, 'an object');
    return null;
  }

  mismatch(field: string, found: unknown, want: string): void {
    this.reject('Datatype-Mismatch', field, `Found ${kindOf(found)}; want ${want}.`);
  }
}

/** A CloudEvent (its attributes and its data, whichever mode it came in) as an onboarding event, or every fault. */
export function decodeCloudEvent(attributes: Json, data: unknown): OnboardingEvent | Violation[] {
  const read = new Reader();
  if (attributes['specversion'] !== '1.0') {
    read.reject('Malformed-CloudEvent', '/specversion', 'specversion is missing or not "1.0"; want a CloudEvent 1.0.');
    return read.violations;
  }
  const id = read.required(attributes, 'id');
  const source = read.required(attributes, 'source');
  const type = read.required(attributes, 'type');
  const accountId = read.required(attributes, 'subject', 'Account-Missing');
  const time = read.required(attributes, 'time');
  const occurredAt = time === '' ? null : parseTime(time);
  if (time !== '' && occurredAt === null)
    read.reject(
      'Datatype-Mismatch',
      '/time',
      'Want an RFC 3339 time that exists, such as 2026-01-05T10:00:00.123456Z.',
    );
  if ((attributes['data_base64'] ?? null) !== null)
    read.reject('Malformed-CloudEvent', '/data_base64', 'The data is base64; want a JSON object in data.');
  if (data !== undefined && data !== null && !isObject(data)) read.mismatch('/data', data, 'an object');
  const body = isObject(data) ? data : {};
  const event: OnboardingEvent = {
    id,
    source,
    type,
    accountId,
    occurredAt: occurredAt ?? 0,
    outcome: readOutcome(read, body['outcome']),
    userId: read.optional(body, 'userId', '/data'),
    productLine: read.optional(body, 'productLine', '/data'),
    context: readContext(read, read.object(body, 'context', '/data')),
    properties: readProperties(read, read.object(body, 'properties', '/data') ?? {}),
    traceparent: read.optional(attributes, 'traceparent', ''),
  };
  return read.violations.length > 0 ? read.violations : event;
}

function readOutcome(read: Reader, value: unknown): Outcome {
  if (value === undefined || value === null) return 'succeeded';
  if (typeof value === 'string' && (OUTCOMES as readonly string[]).includes(value)) return value as Outcome;
  if (typeof value === 'string')
    read.reject('Value-Not-Allowed', '/data/outcome', `Want one of ${OUTCOMES.join(', ')}.`);
  else read.mismatch('/data/outcome', value, `one of ${OUTCOMES.join(', ')}`);
  return 'succeeded';
}

const MAX_DEPTH = 32;

/** Nested values are the plan's to judge; only those are refused here that no later step could write as JSON again. */
function readProperties(read: Reader, from: Json): Record<string, PropertyValue> {
  for (const name of Object.keys(from)) {
    if (isDeeperThan(MAX_DEPTH, from[name]))
      read.reject('Value-Not-Allowed', pointer('/data/properties', name), `Want at most ${MAX_DEPTH} levels.`);
  }
  return from as Record<string, PropertyValue>;
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((part) => isDeeperThan(levels - 1, part));
}

const MAX_INT = 2_147_483_647;

function readContext(read: Reader, from: Json | null): AccountContext | null {
  if (from === null) return null;
  const context: AccountContext = {
    planTier: null,
    companySize: null,
    industry: null,
    region: null,
    acquisitionChannel: null,
  };
  for (const field of CONTEXT_FIELDS) {
    if (field !== 'companySize') context[field] = read.optional(from, field, '/data/context');
  }
  const size = from['companySize'] ?? null;
  if (size === null) return context;
  if (typeof size !== 'number' || !Number.isInteger(size))
    read.mismatch('/data/context/companySize', size, 'an integer');
  else if (size < 0 || size > MAX_INT)
    read.reject('Value-Not-Allowed', '/data/context/companySize', `Found ${size}; want 0 to ${MAX_INT}.`);
  else context.companySize = size;
  return context;
}
