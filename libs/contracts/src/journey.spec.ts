import { describe, expect, it } from '@jest/globals';
import { AvroWriter } from './avro-writer.js';
import { onboardingEventCodec } from './event-decoder.js';
import { framePage, journeyPageCodec, writeFact } from './journey.js';
import type { Fact, JourneyPage } from './journey.js';
import { EVENT } from './testing/event-records.js';

const fact = (changed: Partial<Fact> = {}): Fact => ({
  event: EVENT,
  receivedAt: EVENT.occurredAt + 1,
  sourceOffset: 7,
  changes: [],
  ...changed,
});

const PAGES: [string, JourneyPage][] = [
  ['a clock alone', { planVersion: 'v1', facts: [], clock: EVENT.occurredAt }],
  ['a fact that changed nothing', { planVersion: 'v1', facts: [fact()], clock: null }],
  [
    'milestones reached, moved and taken back',
    {
      planVersion: 'v1',
      facts: [
        fact({ changes: [{ milestone: 'first-run', at: 5, previous: null }] }),
        fact({
          sourceOffset: 2 ** 40,
          changes: [
            { milestone: 'first-run', at: 3, previous: 5 },
            { milestone: 'habit', at: null, previous: 9 },
          ],
        }),
      ],
      clock: 0,
    },
  ],
  [
    'a bare event beside a full one',
    {
      planVersion: 'v1',
      facts: [
        fact({
          event: { ...EVENT, userId: null, productLine: null, context: null, properties: {}, traceparent: null },
        }),
        fact(),
      ],
      clock: null,
    },
  ],
];

describe('1. A page of the journey comes back as it was written', () => {
  it.each(PAGES)('%s', (_, page) =>
    expect(journeyPageCodec.decode(journeyPageCodec.encode(page))).toEqual({ value: page }),
  );
});

describe('2. A page that is written fact by fact is the same page', () => {
  const written = ({ planVersion, facts, clock }: JourneyPage, encode: (one: Fact) => Buffer | null): Buffer => {
    const writer = new AvroWriter();
    for (const one of facts) writeFact({ ...one, encoded: encode(one) }, writer);
    return framePage(planVersion, facts.length, writer.take(), clock);
  };

  it.each(PAGES)('%s', (_, page) => {
    const whole = journeyPageCodec.encode(page);
    expect(written(page, () => null)).toEqual(whole);
    expect(written(page, ({ event }) => onboardingEventCodec.bodyOf(onboardingEventCodec.encode(event)))).toEqual(
      whole,
    );
  });
});
