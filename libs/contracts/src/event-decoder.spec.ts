import { describe, expect, it } from '@jest/globals';
import { decodeEvent, onboardingEventCodec } from './event-decoder.js';
import type { EncodedRecord } from './event-decoder.js';
import { OUTCOMES } from './onboarding-event.js';
import { attributes, data, EVENT, json, recordOf, structured } from './testing/event-records.js';

/** The event that a record decodes to. */
function eventIn(record: EncodedRecord): unknown {
  const decoded = decodeEvent(record);
  return 'event' in decoded ? decoded.event : decoded.violations;
}
const BARE = {
  ...EVENT,
  outcome: 'succeeded',
  userId: null,
  productLine: null,
  context: null,
  properties: {},
  traceparent: null,
};

describe('1. CloudEvents JSON, structured', () => {
  it('1.1 is told by its first byte', () => {
    expect(eventIn(recordOf(structured()))).toEqual(EVENT);
  });

  it('1.2 or by its content type, which may name a character set', () => {
    const spaced = Buffer.concat([Buffer.from(' \n'), structured()]);
    const headers = { 'content-type': 'application/CloudEvents+json; charset=UTF-8' };
    expect(eventIn(recordOf(spaced, { headers }))).toEqual(EVENT);
  });

  it.each([undefined, null, {}, { outcome: null, userId: null, productLine: null, context: null, properties: null }])(
    '1.3 says nothing more than it has to: data %j',
    (body) => expect(eventIn(recordOf(json(attributes({ data: body, traceparent: undefined }))))).toEqual(BARE),
  );

  it.each(OUTCOMES)('1.4 ends as %s', (outcome) => {
    expect(eventIn(recordOf(structured({}, { outcome })))).toEqual({ ...EVENT, outcome });
  });

  it('1.5 may carry what nobody asked for', () => {
    const unknown = { dataschema: 'https://a.example/1', partitionkey: 'acct_1', datacontenttype: 'application/json' };
    expect(eventIn(recordOf(structured(unknown, { colour: 'red' })))).toEqual(EVENT);
  });

  it('1.6 has an account in any script, the same in the key', () => {
    const accountId = '会社_Zoë_🚀';
    expect(eventIn(recordOf(structured({ subject: accountId }), { key: accountId }))).toEqual({ ...EVENT, accountId });
  });

  it('1.7 has a context of what is known', () => {
    const context = { planTier: null, companySize: 0, industry: null, region: 'eu', acquisitionChannel: null };
    const sent = { companySize: 0, region: 'eu', planTier: null };
    expect(eventIn(recordOf(structured({}, { context: sent })))).toEqual({ ...EVENT, context });
  });
});

describe('2. CloudEvents JSON, binary mode', () => {
  const headers = Object.fromEntries(
    Object.entries(attributes()).map(([name, value]) => [`ce_${name}`, String(value)]),
  );

  it.each([undefined, 'application/json', 'application/json; charset=utf-8'])(
    '2.1 has its attributes in headers: content type %s',
    (type) => {
      const typed = type === undefined ? headers : { ...headers, 'content-type': type };
      expect(eventIn(recordOf(json(data()), { headers: typed }))).toEqual(EVENT);
    },
  );

  it('2.2 never takes an attribute from the data', () => {
    const rest = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'ce_subject'));
    expect(eventIn(recordOf(json(data({ subject: 'acct_1' })), { headers: rest }))).toMatchObject([
      { code: 'Account-Missing', field: '/subject' },
    ]);
  });
});

describe('3. Avro, single-object', () => {
  it('3.1 is told by its first two bytes', () => {
    expect(eventIn(recordOf(onboardingEventCodec.encode(EVENT)))).toEqual(EVENT);
  });

  it('3.2 whatever the headers say', () => {
    const headers = { 'content-type': 'application/json', ce_specversion: '1.0' };
    expect(eventIn(recordOf(onboardingEventCodec.encode(EVENT), { headers }))).toEqual(EVENT);
  });

  it('3.3 is handed on with its key', () => {
    expect(decodeEvent(recordOf(onboardingEventCodec.encode(EVENT)))).toMatchObject({ key: Buffer.from('acct_1') });
  });
});
