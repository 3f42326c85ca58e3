import { describe, expect, it } from '@jest/globals';
import { decodeEvent, FUTURE_TOLERANCE, onboardingEventCodec } from './event-decoder.js';
import type { EncodedRecord } from './event-decoder.js';
import { attributes, data, EVENT, json, recordOf, structured } from './testing/event-records.js';

/** `code field` of each violation; 'accepted' when there is none. */
function told(record: EncodedRecord): string[] {
  const decoded = decodeEvent(record);
  return 'event' in decoded ? ['accepted'] : decoded.violations.map(({ code, field }) => `${code} ${field}`.trim());
}
const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
const avro = onboardingEventCodec.encode(EVENT);
const binary = { ce_specversion: '1.0', ce_id: 'evt_1', ce_source: '//a', ce_type: 't', ce_subject: 'acct_1' };

describe('1. Bytes that are no event', () => {
  it.each<[string, EncodedRecord, string]>([
    ['no value', recordOf(null), 'Empty-Value'],
    ['an empty value', recordOf(Buffer.alloc(0)), 'Empty-Value'],
    ['other first bytes', recordOf(Buffer.from('<event/>')), 'Unknown-Encoding'],
    ['a byte order mark', recordOf(Buffer.concat([bytes('efbbbf'), structured()])), 'Unknown-Encoding'],
    ['Confluent framing without a registry', recordOf(bytes('0000000001c301')), 'Unknown-Encoding'],
    ['a JSON list', recordOf(Buffer.from('[{}]')), 'Unknown-Encoding'],
    ['half an Avro marker', recordOf(bytes('c3')), 'Unknown-Encoding'],
    ['an Avro marker without a fingerprint', recordOf(bytes('c3016d75')), 'Unknown-Encoding'],
    ['an unknown fingerprint', recordOf(Buffer.concat([bytes('c3010102030405060708'), avro])), 'Unknown-Schema'],
    ['Avro cut short', recordOf(avro.subarray(0, -1)), 'Malformed-Avro'],
    ['Avro without a body', recordOf(avro.subarray(0, 10)), 'Malformed-Avro'],
    ['Avro with more behind it', recordOf(Buffer.concat([avro, bytes('00')])), 'Malformed-Avro'],
    ['JSON cut short', recordOf(structured().subarray(0, -1)), 'Malformed-JSON'],
    ['a list where a CloudEvent is announced', cloudEvent('[]'), 'Malformed-JSON'],
    ['data in binary mode that is no object', recordOf(json('text'), { headers: binary }), 'Malformed-JSON'],
    [
      'another content type in binary mode',
      recordOf(json(data()), { headers: { ...binary, 'content-type': 'text/plain' } }),
      'Unknown-Encoding /content-type',
    ],
  ])('%s', (_, record, violation) => expect(told(record)).toEqual([violation]));

  function cloudEvent(text: string): EncodedRecord {
    return recordOf(Buffer.from(text), { headers: { 'content-type': 'application/cloudevents+json' } });
  }

  it('every cut through an Avro event is told', () => {
    for (let length = 10; length < avro.length; length++) {
      expect(told(recordOf(avro.subarray(0, length)))).toEqual(['Malformed-Avro']);
    }
  });
});

describe('2. A CloudEvent with one fault', () => {
  it.each<[string, Buffer, string]>([
    ['no specversion', structured({ specversion: undefined }), 'Malformed-CloudEvent /specversion'],
    ['an older specversion', structured({ specversion: '0.3' }), 'Malformed-CloudEvent /specversion'],
    ['data in base64', structured({ data: undefined, data_base64: 'e30=' }), 'Malformed-CloudEvent /data_base64'],
    ['no id', structured({ id: undefined }), 'Required-Missing /id'],
    ['an empty source', structured({ source: '' }), 'Required-Missing /source'],
    ['null as type', structured({ type: null }), 'Required-Missing /type'],
    ['no time', structured({ time: undefined }), 'Required-Missing /time'],
    ['no account', structured({ subject: undefined }), 'Account-Missing /subject'],
    ['an empty account', structured({ subject: '' }), 'Account-Missing /subject'],
    ['a number as id', structured({ id: 7 }), 'Datatype-Mismatch /id'],
    ['a number as account', structured({ subject: 7 }), 'Datatype-Mismatch /subject'],
    ['a number as time', structured({ time: 1767607200 }), 'Datatype-Mismatch /time'],
    ['a time without a zone', structured({ time: '2026-01-05T10:00:00' }), 'Datatype-Mismatch /time'],
    ['a time that never was', structured({ time: '2026-02-30T10:00:00Z' }), 'Datatype-Mismatch /time'],
    ['a list as traceparent', structured({ traceparent: [] }), 'Datatype-Mismatch /traceparent'],
    ['text as data', structured({ data: 'text' }), 'Datatype-Mismatch /data'],
    ['a list as data', structured({ data: [] }), 'Datatype-Mismatch /data'],
    ['another outcome', structured({}, { outcome: 'Succeeded' }), 'Value-Not-Allowed /data/outcome'],
    ['a boolean as outcome', structured({}, { outcome: true }), 'Datatype-Mismatch /data/outcome'],
    ['a number as user', structured({}, { userId: 1 }), 'Datatype-Mismatch /data/userId'],
    ['an object as product line', structured({}, { productLine: {} }), 'Datatype-Mismatch /data/productLine'],
    ['a list as context', structured({}, { context: [] }), 'Datatype-Mismatch /data/context'],
    ['a number as region', structured({}, { context: { region: 1 } }), 'Datatype-Mismatch /data/context/region'],
    ['a text as size', size('250'), 'Datatype-Mismatch /data/context/companySize'],
    ['half an employee', size(0.5), 'Datatype-Mismatch /data/context/companySize'],
    ['a negative size', size(-1), 'Value-Not-Allowed /data/context/companySize'],
    ['a size beyond Avro int', size(2 ** 31), 'Value-Not-Allowed /data/context/companySize'],
    ['text as properties', structured({}, { properties: 'a=1' }), 'Datatype-Mismatch /data/properties'],
    [
      'endless nesting',
      structured({}, { properties: { 'a/b': nested(33) } }),
      'Value-Not-Allowed /data/properties/a~1b',
    ],
  ])('%s', (_, value, violation) => expect(told(recordOf(value))).toEqual([violation]));

  function size(companySize: unknown): Buffer {
    return structured({}, { context: { companySize } });
  }
  function nested(levels: number): unknown {
    return levels === 0 ? 1 : [nested(levels - 1)];
  }

  it('is accepted up to the limits', () => {
    expect(told(recordOf(size(2 ** 31 - 1)))).toEqual(['accepted']);
    expect(told(recordOf(structured({}, { properties: { a: nested(32) } })))).toEqual(['accepted']);
  });
});

describe('3. An event that does not fit its record', () => {
  const at = (time: string, timestamp: number) => recordOf(structured({ time }), { timestamp });
  const long = 'x'.repeat(513);
  const known = 'x'.repeat(512);

  it.each<[string, EncodedRecord, string]>([
    ['no key', recordOf(structured(), { key: null }), 'Account-Missing /key'],
    ['an empty key', recordOf(structured(), { key: '' }), 'Account-Missing /key'],
    ['the key of another account', recordOf(structured(), { key: 'acct_2' }), 'Key-Mismatch /key'],
    ['a key of another case', recordOf(structured(), { key: 'Acct_1' }), 'Key-Mismatch /key'],
    [
      'a key that only reads alike',
      recordOf(structured({ subject: '\ufffd' }), { key: bytes('ff') }),
      'Key-Mismatch /key',
    ],
    ['an account that is no text', recordOf(structured({ subject: '\ud800' }), { key: '\ufffd' }), 'Key-Mismatch /key'],
    ['Avro without an account', avroWith({ accountId: '' }), 'Account-Missing /accountId'],
    ['Avro without an id', avroWith({ id: '' }), 'Required-Missing /id'],
    ['Avro without a source', avroWith({ source: '' }), 'Required-Missing /source'],
    ['Avro without a type', avroWith({ type: '' }), 'Required-Missing /type'],
    ['an id too long', recordOf(structured({ id: long })), 'Value-Not-Allowed /id'],
    ['a source too long', recordOf(structured({ source: long })), 'Value-Not-Allowed /source'],
    ['a type too long', recordOf(structured({ type: long })), 'Value-Not-Allowed /type'],
    ['an account too long', recordOf(structured({ subject: long }), { key: long }), 'Value-Not-Allowed /accountId'],
    ['a user too long', recordOf(structured({}, { userId: long })), 'Value-Not-Allowed /userId'],
    ['a time before 1970', at('1969-12-31T23:59:59.999999Z', 0), 'Value-Not-Allowed /time'],
    ['a time just over 5 minutes ahead', at('1970-01-01T00:05:00.000001Z', 0), 'Time-In-Future /time'],
  ])('%s', (_, record, violation) => expect(told(record)).toEqual([violation]));

  function avroWith(changed: Partial<typeof EVENT>): EncodedRecord {
    return recordOf(onboardingEventCodec.encode({ ...EVENT, ...changed }));
  }

  it('is accepted up to the limits', () => {
    expect(told(at('1970-01-01T00:05:00Z', 0))).toEqual(['accepted']);
    expect(told(at('1970-01-01T00:00:00Z', 0))).toEqual(['accepted']);
    expect(told(recordOf(structured({ id: known, subject: known }, { userId: known }), { key: known }))).toEqual([
      'accepted',
    ]);
    const occurredAt = EVENT.occurredAt;
    expect(told(recordOf(avro, { timestamp: occurredAt - FUTURE_TOLERANCE }))).toEqual(['accepted']);
    expect(told(recordOf(avro, { timestamp: occurredAt - FUTURE_TOLERANCE - 1 }))).toEqual(['Time-In-Future /time']);
  });
});

describe('4. What a sender learns', () => {
  it('every faulty field at once, in order', () => {
    const faulty = attributes({
      id: 1,
      source: '',
      subject: null,
      time: 'yesterday',
      traceparent: 5,
      data: { outcome: 'won', userId: {}, context: { region: 1, companySize: 'many' }, properties: 3 },
    });
    expect(told(recordOf(json(faulty)))).toEqual([
      'Datatype-Mismatch /id',
      'Required-Missing /source',
      'Account-Missing /subject',
      'Datatype-Mismatch /time',
      'Value-Not-Allowed /data/outcome',
      'Datatype-Mismatch /data/userId',
      'Datatype-Mismatch /data/context/region',
      'Datatype-Mismatch /data/context/companySize',
      'Datatype-Mismatch /data/properties',
      'Datatype-Mismatch /traceparent',
    ]);
  });

  it('what was found and what is wanted', () => {
    const decoded = decodeEvent(recordOf(structured({ id: 7 })));
    expect(decoded).toEqual({
      violations: [{ code: 'Datatype-Mismatch', field: '/id', message: 'Found number; want a string.' }],
    });
  });

  it('and never what a text said', () => {
    const secret = 'ana@example.com';
    const faulty = structured({ time: secret, traceparent: 1 }, { outcome: secret, context: { companySize: secret } });
    expect(JSON.stringify(decodeEvent(recordOf(faulty)))).not.toContain(secret);
    expect(JSON.stringify(decodeEvent(recordOf(structured(), { key: secret })))).not.toContain(secret);
  });
});
