import { ONBOARDING_EVENT_TYPE } from './avro-types.js';
import { decodeCloudEvent } from './cloud-event-decoder.js';
import { MINUTE } from './micros.js';
import type { Micros } from './micros.js';
import type { OnboardingEvent } from './onboarding-event.js';
import { SingleObjectCodec } from './single-object.js';
import type { Violation, ViolationCode } from './violation.js';

export interface EncodedRecord {
  key: Buffer | null;
  value: Buffer | null;
  /** Header values as UTF-8 text. */
  header(name: string): string | undefined;
  timestamp: Micros;
}

export type DecodedEvent =
  /** `encoded`: the event as Avro of the newest schema, when it came so. */
  { event: OnboardingEvent; key: Buffer; encoded: Buffer | null } | { violations: Violation[] };

export const onboardingEventCodec = new SingleObjectCodec<OnboardingEvent>(ONBOARDING_EVENT_TYPE);

/** How far an event's time may lie after its record's timestamp: clocks of honest machines differ by this much. */
export const FUTURE_TOLERANCE: Micros = 5 * MINUTE;
const MAX_IDENTIFIER = 512;

const fault = (code: ViolationCode, field: string, message: string) => ({ violations: [{ code, field, message }] });

/**
 * What a record on `onboarding.events` says: CloudEvents JSON (structured or binary) or Avro single-object. Told apart
 * by header and first bytes; what is none of them is rejected by name, never guessed.
 */
export function decodeEvent(record: EncodedRecord): DecodedEvent {
  if (record.value === null || record.value.length === 0) {
    return fault('Empty-Value', '', 'The record has no value; want an onboarding event.');
  }
  const decoded = decodeValue(record, record.value);
  if (Array.isArray(decoded)) return { violations: decoded };
  return checkEnvelope(record, decoded);
}

function decodeValue(record: EncodedRecord, value: Buffer): OnboardingEvent | Violation[] {
  if (value[0] === 0xc3 && value[1] === 0x01) return decodeAvro(value);
  const contentType = record.header('content-type')?.toLowerCase() ?? '';
  if (record.header('ce_specversion') !== undefined) return decodeBinaryMode(record, value, contentType);
  const first = value[0];
  if (contentType.startsWith('application/cloudevents+json') || first === 0x7b) {
    const parsed = parseJson(value);
    return parsed === undefined
      ? fault('Malformed-JSON', '', 'The value is not a JSON object.').violations
      : decodeCloudEvent(parsed, parsed['data']);
  }
  if (first === 0) {
    return fault('Unknown-Encoding', '', 'The value has Confluent framing, but no schema registry is configured.')
      .violations;
  }
  return fault(
    'Unknown-Encoding',
    '',
    `First bytes ${value.subarray(0, 2).toString('hex')}; want CloudEvents JSON ("{") or Avro single-object (c301).`,
  ).violations;
}

function parseJson(value: Buffer): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(value.toString('utf8'));
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

const ATTRIBUTES = ['specversion', 'id', 'source', 'type', 'subject', 'time', 'traceparent'];

function decodeBinaryMode(record: EncodedRecord, value: Buffer, contentType: string): OnboardingEvent | Violation[] {
  if (contentType !== '' && !contentType.startsWith('application/json')) {
    return fault('Unknown-Encoding', '/content-type', 'A CloudEvent in binary mode must be application/json.')
      .violations;
  }
  const data = parseJson(value);
  if (data === undefined) return fault('Malformed-JSON', '', 'The value is not a JSON object.').violations;
  const attributes: Record<string, unknown> = {};
  for (const name of ATTRIBUTES) attributes[name] = record.header(`ce_${name}`);
  return decodeCloudEvent(attributes, data);
}

function decodeAvro(value: Buffer): OnboardingEvent | Violation[] {
  const decoded = onboardingEventCodec.decode(value);
  if ('value' in decoded) return decoded.value;
  const message =
    decoded.fault === 'Unknown-Schema'
      ? `Schema fingerprint ${value.subarray(2, 10).toString('hex')} is not a released version of OnboardingEvent.`
      : 'The Avro body does not match its schema, or is cut short.';
  return fault(decoded.fault, '', message).violations;
}

/** Text and bytes: a key that is no UTF-8 reads like another account, and the partition follows from its bytes. */
function spells(key: Buffer, text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return key.toString('utf8') === text && key.equals(Buffer.from(text));
    if (key[i] !== unit) return false;
  }
  return key.length === text.length;
}

function checkEnvelope(record: EncodedRecord, event: OnboardingEvent): DecodedEvent {
  if (event.accountId === '') return fault('Account-Missing', '/accountId', 'The account is empty; want its id.');
  for (const name of ['id', 'source', 'type'] as const) {
    if (event[name] === '') return fault('Required-Missing', `/${name}`, `${name} is empty; want a non-empty string.`);
  }
  for (const name of ['id', 'source', 'type', 'accountId', 'userId'] as const) {
    const length = event[name]?.length ?? 0;
    if (length > MAX_IDENTIFIER) {
      return fault('Value-Not-Allowed', `/${name}`, `Found ${length} characters; want at most ${MAX_IDENTIFIER}.`);
    }
  }
  if (record.key === null || record.key.length === 0) {
    return fault('Account-Missing', '/key', 'The record has no key; want the account id, the same as the subject.');
  }
  if (!spells(record.key, event.accountId)) {
    return fault('Key-Mismatch', '/key', 'The record key differs from the account; want the account id in both.');
  }
  if (event.occurredAt < 0) return fault('Value-Not-Allowed', '/time', 'The time lies before 1970.');
  if (event.occurredAt > record.timestamp + FUTURE_TOLERANCE) {
    return fault('Time-In-Future', '/time', "The time lies more than 5 minutes after the record's timestamp.");
  }
  return { event, key: record.key, encoded: onboardingEventCodec.bodyOf(record.value!) };
}
