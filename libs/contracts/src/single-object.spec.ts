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

describe('3. Versions that write each other’s schemas down', () => {
  const field = (name: string, more: object = {}) => ({ name, type: 'long', ...more });
  const codecOf = <T>(...fields: object[]) =>
    new SingleObjectCodec<T>(avroType({ type: 'record', name: 'State', fields }));
  const older = () => codecOf<{ seen: number }>(field('seen'));
  const newer = () => codecOf<{ seen: number; visits: number }>(field('seen'), field('visits', { default: 7 }));

  it('3.1 read them once they have learned: what is missing has its default, what is more is dropped', () => {
    const [old, next] = [older(), newer()];
    const [ofOld, ofNext] = [old.encode({ seen: 3 }), next.encode({ seen: 4, visits: 5 })];
    expect([old.knows(ofNext), next.knows(ofOld)]).toEqual([false, false]);
    old.learn(next.schema);
    next.learn(old.schema);
    expect(old.decode(ofNext)).toEqual({ value: { seen: 4 } });
    expect(next.decode(ofOld)).toEqual({ value: { seen: 3, visits: 7 } });
    expect([old.knows(ofOld), old.knows(ofNext)]).toEqual([true, true]);
  });

  it('3.2 leave unknown what can’t be resolved, and what is no such bytes', () => {
    const other = codecOf<{ name: number }>(field('name'));
    const old = older();
    old.learn(other.schema);
    expect(old.knows(other.encode({ name: 1 }))).toBe(false);
    expect(old.knows(Buffer.from('c3'))).toBe(false);
  });
});
