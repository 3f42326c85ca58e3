import { describe, expect, it } from '@jest/globals';
import { avroType, ONBOARDING_EVENT_TYPE } from './avro-types.js';
import { onboardingEventCodec } from './event-decoder.js';
import { ONBOARDING_EVENT_SCHEMA } from './generated/schemas.js';
import type { OnboardingEvent } from './onboarding-event.js';
import { SingleObjectCodec } from './single-object.js';
import { EVENT } from './testing/event-records.js';

describe('1. An older version of the schema', () => {
  const older = avroType({
    ...ONBOARDING_EVENT_SCHEMA,
    fields: ONBOARDING_EVENT_SCHEMA.fields.filter(({ name }) => name !== 'traceparent' && name !== 'productLine'),
  });
  const written = new SingleObjectCodec<Partial<OnboardingEvent>>(older).encode(EVENT);

  it('1.1 is read into the newest while it is among the writers', () => {
    const codec = new SingleObjectCodec<OnboardingEvent>(ONBOARDING_EVENT_TYPE, [older]);
    expect(codec.decode(written)).toEqual({ value: { ...EVENT, traceparent: null, productLine: null } });
    expect(codec.decode(codec.encode(EVENT))).toEqual({ value: EVENT });
  });

  it('1.2 is unknown otherwise', () => {
    expect(onboardingEventCodec.decode(written)).toEqual({ fault: 'Unknown-Schema' });
  });

  it('1.3 is refused when its map can not be read here: at the start, not at the first record', () => {
    const text = avroType({
      ...ONBOARDING_EVENT_SCHEMA,
      fields: [...ONBOARDING_EVENT_SCHEMA.fields.slice(0, 9), { name: 'properties', type: 'string' }],
    });
    expect(() => new SingleObjectCodec(ONBOARDING_EVENT_TYPE, [text])).toThrow('cannot read');
  });
});

describe('2. Our own bytes', () => {
  it('2.1 are read', () => {
    expect(onboardingEventCodec.decodeOwn(onboardingEventCodec.encode(EVENT), 'Journey')).toEqual(EVENT);
  });

  it.each([
    ['damaged', onboardingEventCodec.encode(EVENT).subarray(0, -3), 'Malformed-Avro'],
    ['from the future', Buffer.from('c301ffffffffffffffff', 'hex'), 'Unknown-Schema'],
  ])('2.2 %s are a fault of the store, which says where', (_, bytes, fault) => {
    expect(() => onboardingEventCodec.decodeOwn(bytes, 'Journey at 7')).toThrow(`Journey at 7: ${fault}.`);
  });
});
