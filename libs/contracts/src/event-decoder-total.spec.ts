import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeEvent, onboardingEventCodec } from './event-decoder.js';
import type { EncodedRecord } from './event-decoder.js';
import { attributes, EVENT, json, recordOf, structured } from './testing/event-records.js';
import { VIOLATION_CODES } from './violation.js';

const avro = onboardingEventCodec.encode(EVENT);
const HEADER = avro.subarray(0, 10);

/** Decodes to an event that can be written to the journey, or to violations of the closed list: nothing throws. */
function settle(record: EncodedRecord): 'accepted' | 'rejected' {
  const decoded = decodeEvent(record);
  if ('event' in decoded) {
    onboardingEventCodec.encode(decoded.event);
    return 'accepted';
  }
  expect(decoded.violations.length).toBeGreaterThan(0);
  for (const { code } of decoded.violations) expect(VIOLATION_CODES).toContain(code);
  return 'rejected';
}

const noise = fc.uint8Array({ maxLength: 64 }).map((array) => Buffer.from(array));

describe('1. No bytes stop a partition', () => {
  const headers = fc.oneof(
    fc.constant({}),
    fc.constant({ ce_specversion: '1.0' }),
    fc.constant({ 'content-type': 'application/cloudevents+json' }),
  );
  it('1.1 random bytes under any headers and key', () => {
    fc.assert(
      fc.property(noise, headers, fc.option(noise), (value, given, key) => {
        settle(recordOf(value, { headers: given as Record<string, string>, key }));
      }),
      { numRuns: 500 },
    );
  });

  it('1.2 random bytes behind a known fingerprint', () => {
    fc.assert(
      fc.property(noise, (body) => void settle(recordOf(Buffer.concat([HEADER, body])))),
      { numRuns: 500 },
    );
  });

  it('1.3 an Avro event with one byte changed', () => {
    fc.assert(
      fc.property(fc.nat(avro.length - 1), fc.nat(255), (place, byte) => {
        const damaged = Buffer.from(avro);
        damaged[place] = byte;
        settle(recordOf(damaged));
      }),
      { numRuns: 1000 },
    );
  });

  it('1.4 random JSON in every place of a CloudEvent', () => {
    const place = fc.constantFrom('id', 'subject', 'time', 'data', 'outcome', 'userId', 'context', 'properties');
    fc.assert(
      fc.property(place, fc.jsonValue(), (name, value) => {
        const inData = ['outcome', 'userId', 'context', 'properties'].includes(name);
        settle(recordOf(inData ? structured({}, { [name]: value }) : json(attributes({ [name]: value }))));
      }),
      { numRuns: 500 },
    );
  });
});

describe('2. What once did', () => {
  /** The same event, whose map of properties is replaced by these bytes. */
  const withMap = (hex: string): Buffer =>
    Buffer.concat([
      onboardingEventCodec.encode({ ...EVENT, properties: {}, traceparent: null }).subarray(0, -2),
      Buffer.from(hex, 'hex'),
    ]);

  it.each([
    ['2^26 entries', '80808040'],
    ['2^26 entries, a size', 'ffffff3f00'],
    ['2^26 entries, then an end', '808080400000'],
  ])('2.1 a map that announces %s and has none is refused at once', (_, hex) => {
    const began = performance.now();
    expect(settle(recordOf(withMap(hex)))).toBe('rejected');
    expect(performance.now() - began).toBeLessThan(500);
  });

  it('2.2 a map in several blocks, some with their size, is read', () => {
    // 1 entry "a": null; 1 entry of 3 bytes "b": true; the end; no traceparent.
    const decoded = decodeEvent(recordOf(withMap('02026100' + '0108' + '02620201' + '00' + '00')));
    expect(decoded).toMatchObject({ event: { properties: { a: null, b: true } } });
  });

  it('2.3 nesting deeper than any stack is refused', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    const value = structured({}, { properties: { a: 'DEEP' } })
      .toString()
      .replace('"DEEP"', deep);
    expect(settle(recordOf(Buffer.from(value)))).toBe('rejected');
  });

  it.each([2 ** 52, -(2 ** 52), 2 ** 52 + 1, -(2 ** 52) - 1, 2 ** 53 - 1, 1 - 2 ** 53, 2 ** 53, -0, 1e300, 5e-324])(
    '2.4 the number %d is kept',
    (n) => {
      const event = { ...EVENT, properties: { n } };
      expect(settle(recordOf(structured({}, { properties: { n } })))).toBe('accepted');
      expect(onboardingEventCodec.decode(onboardingEventCodec.encode(event))).toEqual({
        value: { ...EVENT, properties: { n: n + 0 } },
      });
    },
  );
});
