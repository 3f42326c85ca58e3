import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectNear } from '../survival/testing/reference.js';
import { figures } from '../testing/figures.js';
import { refusal } from '../testing/refusal.js';
import { seededRandom } from '../testing/seeded-random.js';
import { removalEffects } from './removal-effects.js';
import { removalIntervals } from './removal-intervals.js';
import { touchAttribution, type AttributionRule } from './touch-attribution.js';
import type { TouchPath } from './touch-paths.js';

const py = figures('paths', 'py') as {
  touches: TouchPath[];
  removal: { rate: number; effects: Record<string, number>; shares: Record<string, number> };
};
const path = (text: string, conversions: number, losses = 0, ages?: number[]): TouchPath => ({ channels: text.split(' '), conversions, losses, ...(ages ? { ages } : {}) }); // prettier-ignore
const sharesOf = (shares: readonly { channel: string; share: number }[]) => Object.fromEntries(shares.map(({ channel, share }) => [channel, share])); // prettier-ignore

describe('1. By rule', () => {
  const paths = [path('ads guide call', 3, 0, [20, 10, 0]), path('ads', 1, 4, [5]), path('guide ads', 2, 0, [10, 0])];

  it.each([
    [{ kind: 'first' }, { ads: 4 / 6, call: 0, guide: 2 / 6 }],
    [{ kind: 'last' }, { ads: 3 / 6, call: 3 / 6, guide: 0 }],
    [{ kind: 'linear' }, { ads: 3 / 6, call: 1 / 6, guide: 2 / 6 }],
    [{ kind: 'position' }, { ads: (1.2 + 1 + 1) / 6, call: 1.2 / 6, guide: (0.6 + 1) / 6 }],
    [
      { kind: 'position', first: 0, last: 0.5 },
      { ads: (0 + 1 + 2) / 6, call: 1.5 / 6, guide: 1.5 / 6 },
    ],
    [
      { kind: 'decay', halfLife: 10 },
      { ads: (3 / 7 + 1 + 4 / 3) / 6, call: 12 / 7 / 6, guide: (6 / 7 + 2 / 3) / 6 },
    ],
  ] as [AttributionRule, Record<string, number>][])('1.1 %j, by hand', (rule, wanted) => {
    const got = sharesOf(touchAttribution(paths, rule));
    for (const [channel, share] of Object.entries(wanted)) expect(got[channel]).toBeCloseTo(share, 12);
  });

  it('1.2 conversions are conserved, in whatever order paths come, counted or repeated', () => {
    const drawn = fc.tuple(fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 5 }), fc.nat(3));
    fc.assert(
      fc.property(
        fc.array(drawn, { minLength: 1 }),
        fc.constantFrom('first', 'last', 'linear', 'position', 'decay'),
        (list, kind) => {
          // prettier-ignore
          const rule = { kind, halfLife: 3 } as AttributionRule;
          const counted = list.map(([channels, conversions]): TouchPath => ({ channels, conversions, ages: channels.map((_, k) => channels.length - k) })); // prettier-ignore
          const total = counted.reduce((sum, { conversions }) => sum + conversions, 0);
          if (total === 0) return;
          const got = touchAttribution(counted, rule);
          expect(got.reduce((sum, { conversions }) => sum + conversions, 0)).toBeCloseTo(total, 9);
          const repeated = counted.flatMap((one) =>
            new Array<TouchPath>(one.conversions).fill({ ...one, conversions: 1 }),
          );
          const again = sharesOf(touchAttribution(repeated.reverse(), rule));
          for (const { channel, share } of got) expect(again[channel] ?? 0).toBeCloseTo(share, 9);
        },
      ),
    );
  });

  it('1.3 with a half life beyond all ages it is linear, with a short one it is the last touch', () => {
    const kinds = (rule: AttributionRule) => touchAttribution(paths, rule).map(({ share }) => share);
    expectNear(kinds({ kind: 'decay', halfLife: 1e12 }), kinds({ kind: 'linear' }), 1e-9);
    expectNear(kinds({ kind: 'decay', halfLife: 0.01 }), kinds({ kind: 'last' }), 1e-9);
  });
});

describe('1. Intervals of shares by rule', () => {
  it('1.4 of a touch that counts whole it is Wilson’s: 3 of 6, by hand', () => {
    const [ads] = touchAttribution([path('ads', 3), path('guide', 3)], { kind: 'last' });
    expect([ads!.lower, ads!.upper]).toEqual([expect.closeTo(0.187616, 5), expect.closeTo(0.812384, 5)]);
  });

  // 500 companies of 40 conversions, of lives whose true shares are known.
  it.each([
    [{ kind: 'last' }, { ads: 0.2, call: 0.5, guide: 0.3 }, 0.97],
    [{ kind: 'linear' }, { ads: 0.2 / 3 + 0.3 / 2, call: 0.2 / 3 + 0.5, guide: 0.2 / 3 + 0.3 / 2 }, 1],
  ] as [AttributionRule, Record<string, number>, number][])(
    '1.5 %j covers what is true at least as often as it says',
    (rule, truth, most) => {
      const random = seededRandom(17);
      const lives = [path('guide call ads', 1), path('ads guide', 1), path('call', 1)];
      let covered = 0;
      for (let company = 0; company < 500; company++) {
        const drawn = Array.from({ length: 40 }, () => {
          const at = random();
          return lives[at < 0.2 ? 0 : at < 0.5 ? 1 : 2]!;
        });
        const got = new Map(touchAttribution(drawn, rule).map((one) => [one.channel, one]));
        for (const [channel, share] of Object.entries(truth)) {
          const { lower, upper } = got.get(channel) ?? { lower: 0, upper: 0 };
          if (lower <= share && share <= upper) covered++;
        }
      }
      expect(covered / 1_500).toBeGreaterThan(0.94);
      expect(covered / 1_500).toBeLessThanOrEqual(most);
    },
  );
});

describe('2. By removal', () => {
  it('2.1 C1>C2>C3>conv, C1>null, C2>C3>null: shares .2 .4 .4', () => {
    const { channels, conversionRate } = removalEffects([path('C1 C2 C3', 1), path('C1', 0, 1), path('C2 C3', 0, 1)]);
    expect(conversionRate).toBeCloseTo(1 / 3, 12);
    expectNear(channels.map(({ share }) => share), [0.2, 0.4, 0.4], 1e-12); // prettier-ignore
  });

  it('2.2 900 made journeys, as solved by numpy', () => {
    const { channels, conversionRate } = removalEffects(py.touches);
    expect(conversionRate).toBeCloseTo(py.removal.rate, 12);
    for (const { channel, effect, share } of channels) {
      expectNear([effect, share], [py.removal.effects[channel]!, py.removal.shares[channel]!], 1e-10);
    }
  });

  it('2.3 a channel of lost paths alone gets 0; one that all pass through loses everything', () => {
    const { channels } = removalEffects([path('door guide', 4, 2), path('door', 1, 5), path('noise', 0, 9)]);
    expect(channels.find(({ channel }) => channel === 'noise')).toMatchObject({ effect: 0, share: 0 });
    expect(channels.find(({ channel }) => channel === 'door')!.effect).toBeCloseTo(1, 12);
  });

  it('2.4 ends where paths run in circles', () => {
    const { channels } = removalEffects([path('a b a b a b', 1, 3), path('b a', 2)]);
    expect(channels.every(({ effect, share }) => effect >= 0 && effect <= 1 && Number.isFinite(share))).toBe(true);
  });

  it('2.5 intervals hold what was found, and are as wide as accounts are few', () => {
    const width = (times: number): number => {
      const more = py.touches.map((one) => ({
        ...one,
        conversions: one.conversions * times,
        losses: one.losses! * times,
      }));
      const intervals = removalIntervals(more, { random: seededRandom(3), draws: 200 });
      for (const { lower, share, upper } of intervals) expect(lower <= share && share <= upper).toBe(true);
      return intervals.reduce((sum, { lower, upper }) => sum + upper - lower, 0);
    };
    expect(width(1) / width(25)).toBeGreaterThan(3.5);
    expect(width(1) / width(25)).toBeLessThan(6.5);
  });
});

describe('3. Refusals', () => {
  it.each([
    [() => touchAttribution([], { kind: 'first' }), 'not-enough-data: paths is empty'],
    [() => touchAttribution([path('a', 0, 3)], { kind: 'first' }), 'not-enough-data: No path converted'],
    [() => touchAttribution([path('a', -1)], { kind: 'first' }), 'invalid-input: paths[0].conversions is -1'],
    [() => touchAttribution([path('a', 1, NaN)], { kind: 'first' }), 'invalid-input: paths[0].losses is NaN'],
    [() => touchAttribution([{ channels: [], conversions: 1 }], { kind: 'last' }), 'paths[0] has no touch'],
    [() => touchAttribution([path('a', 1)], { kind: 'decay', halfLife: 7 }), 'paths[0] has no ages'],
    [() => touchAttribution([path('a b', 1, 0, [1])], { kind: 'linear' }), 'paths[0] has 1 ages for 2 touches'],
    [() => touchAttribution([path('a', 1, 0, [-1])], { kind: 'linear' }), 'paths[0].ages[0] is -1'],
    [() => touchAttribution([path('a', 1)], { kind: 'decay', halfLife: 0 }), 'halfLife is 0'],
    [() => touchAttribution([path('a', 1)], { kind: 'position', first: 0.7, last: 0.7 }), 'first is 0.7 and last 0.7'],
    [() => touchAttribution([path('a', 1)], { kind: 'magic' } as never), 'rule.kind is magic'],
    [() => removalEffects([path('a', 1)]), 'not-enough-data: Every path converted'],
    [() => removalIntervals([path('a', 1.5, 1)], { random: () => 0.5 }), 'paths[0] counts 1.5 and 1'],
    [() => removalIntervals([path('a', 1, 1)], { random: () => 0.5, draws: 1 }), 'draws is 1'],
  ])('3.%# %p', (call, message) => {
    expect(refusal(call)).toContain(message);
  });
});
