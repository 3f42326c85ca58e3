import { describe, expect, it } from '@jest/globals';
import { journeyPageCodec } from './journey.js';
import type { Fact, JourneyPage } from './journey.js';
import { EVENT } from './testing/event-records.js';

const fact = (changed: Partial<Fact> = {}): Fact => ({
  event: EVENT,
  receivedAt: EVENT.occurredAt + 1,
  sourceOffset: 7,
  changes: [],
  ...changed,
});

describe('1. A page of the journey comes back as it was written', () => {
  it.each<[string, JourneyPage]>([
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
  ])('%s', (_, page) => expect(journeyPageCodec.decode(journeyPageCodec.encode(page))).toEqual({ value: page }));
});
