import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import avro from 'avsc';
import { ONBOARDING_EVENT_TYPE } from './avro-types.js';
import { decodeEvent, onboardingEventCodec } from './event-decoder.js';
import type { OnboardingEvent } from './onboarding-event.js';
import { schemaFingerprint } from './schema-fingerprint.js';
import { recordOf } from './testing/event-records.js';

interface Reference {
  writer: string;
  canonicalSchema: string;
  fingerprint: string;
  fingerprintOfInt: string;
  events: { name: string; hex: string; sameBytes: boolean; event: OnboardingEvent }[];
  refused: { name: string; hex: string }[];
}

const reference = JSON.parse(
  readFileSync(new URL('../fixtures/avro-events.json', import.meta.url), 'utf8'),
) as Reference;

describe(`1. Fingerprints, as ${reference.writer} makes them`, () => {
  it('1.1 of "int", as the Avro specification has it', () => {
    expect(schemaFingerprint(avro.Type.forSchema('int')).toString('hex')).toBe('8f5c393f1ad57572');
    expect(reference.fingerprintOfInt).toBe('8f5c393f1ad57572');
  });

  it('1.2 of the public schema: the canonical form is the same, so its hash is', () => {
    expect(JSON.stringify(ONBOARDING_EVENT_TYPE.schema())).toBe(reference.canonicalSchema);
    expect(schemaFingerprint(ONBOARDING_EVENT_TYPE).toString('hex')).toBe(reference.fingerprint);
  });
});

describe(`2. Events written by ${reference.writer}`, () => {
  it.each(reference.events)('$name: reads the same', ({ hex, event }) => {
    const value = Buffer.from(hex, 'hex');
    expect(onboardingEventCodec.decode(value)).toEqual({ value: event });
    const record = recordOf(value, { key: event.accountId, timestamp: event.occurredAt });
    expect(decodeEvent(record)).toEqual({ event, key: Buffer.from(event.accountId), encoded: value.subarray(10) });
  });

  it.each(reference.events.filter(({ sameBytes }) => sameBytes))('$name: is written the same', ({ hex, event }) => {
    expect(onboardingEventCodec.encode(event).toString('hex')).toBe(hex);
  });

  it.each(reference.events.filter(({ sameBytes }) => !sameBytes))('$name: is written otherwise', ({ hex, event }) => {
    const written = onboardingEventCodec.encode(event);
    expect(written.toString('hex')).not.toBe(hex);
    expect(onboardingEventCodec.decode(written)).toEqual({ value: event });
  });

  it.each(reference.refused)('$name: is refused', ({ hex }) => {
    expect(onboardingEventCodec.decode(Buffer.from(hex, 'hex'))).toEqual({ fault: 'Malformed-Avro' });
  });

  it('hold every outcome and every type of property', () => {
    const outcomes = new Set(reference.events.map(({ event }) => event.outcome));
    const types = new Set(
      reference.events.flatMap(({ event }) =>
        Object.values(event.properties).map((value) => (value === null ? 'null' : typeof value)),
      ),
    );
    expect([...outcomes].sort()).toEqual(['abandoned', 'failed', 'succeeded']);
    expect([...types].sort()).toEqual(['boolean', 'null', 'number', 'string']);
  });
});
