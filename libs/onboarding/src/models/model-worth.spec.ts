import { describe, expect, it } from '@jest/globals';
import { baseRate } from './model-worth.js';

describe('The base rate of a segment', () => {
  const all = 0.09;
  it.each([
    ['is near that of all where there is little of it', { events: 0, rows: 1 }, 0.06],
    ['is that of all where there is nothing of it', { events: 0, rows: 0 }, 0.09],
    ['is its own where there is much of it', { events: 200, rows: 1_000 }, 0.2],
  ])('%s', (_, counts, rate) => expect(baseRate(counts, all)).toBeCloseTo(rate, 3));

  it('lies between its own and that of all, and is never certain', () => {
    for (const [events, rows] of [
      [11, 55],
      [1, 21],
      [0, 30],
      [30, 30],
    ] as const) {
      // prettier-ignore
      const [own, rate] = [events / rows, baseRate({ events, rows }, all)];
      expect(rate > Math.min(own, all) && rate < Math.max(own, all)).toBe(true);
    }
  });
});
