import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectNear } from '../survival/testing/reference.js';
import { bettingCases } from '../testing/figures.js';
import { refusal } from '../testing/refusal.js';
import { seededRandom } from '../testing/seeded-random.js';
import { alwaysValidBoundedMean, type BoundedMeanOptions } from './always-valid-bounded-mean.js';
import { armMoments } from './arm-moments.js';
import { proportionInterval } from './proportion-interval.js';

const SHARE: BoundedMeanOptions = { lowest: 0, highest: 1 };
interface Case extends BoundedMeanOptions {
  readonly name: string;
  readonly values: readonly number[];
  readonly interval: readonly number[];
}

/** Outcomes between 0 and 1, and their mean. */
const KINDS: Record<string, readonly [mean: number, draw: (random: () => number) => number]> = {
  'rare events': [0.05, (random) => Number(random() < 0.05)],
  'even events': [0.5, (random) => Number(random() < 0.5)],
  'amounts of which most are 0': [0.05, (random) => (random() < 0.1 ? random() : 0)],
  'shares near the top': [0.9, (random) => 1 - random() ** 9],
  'scores of which few vary': [0.71, (random) => (random() < 0.9 ? 0.7 : 0.8)],
};

describe('1. The interval', () => {
  it.each(bettingCases() as Case[])('1.1 $name: as bisected by capital that is multiplied', (one) => {
    const { lower, upper, accounts } = alwaysValidBoundedMean(one.values, one);
    expectNear([lower, upper], one.interval, 1e-9);
    expect(accounts).toBe(one.values.length);
  });

  const outcomes = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 });

  it('1.2 turns round with the outcomes, and moves and stretches with their unit', () => {
    fc.assert(
      fc.property(outcomes, (values) => {
        const { estimate, lower, upper } = alwaysValidBoundedMean(values, SHARE);
        const turned = alwaysValidBoundedMean(values.map((x) => 1 - x), SHARE); // prettier-ignore
        expectNear([1 - turned.estimate, 1 - turned.upper, 1 - turned.lower], [estimate, lower, upper], 1e-9);
        const other = alwaysValidBoundedMean(values.map((x) => 40 * x - 10), { lowest: -10, highest: 30 }); // prettier-ignore
        expectNear([other.estimate, other.lower, other.upper].map((x) => (x + 10) / 40), [estimate, lower, upper], 1e-9); // prettier-ignore
      }),
    );
  });

  it('1.3 lies within the bounds, and within the one of more confidence', () => {
    fc.assert(
      fc.property(outcomes, (values) => {
        const usual = alwaysValidBoundedMean(values, SHARE);
        const sure = alwaysValidBoundedMean(values, { ...SHARE, confidence: 0.999 });
        expect(0 <= sure.lower && sure.lower <= usual.lower && usual.lower <= usual.upper).toBe(true);
        expect(usual.upper <= sure.upper && sure.upper <= 1).toBe(true);
      }),
    );
  });

  it('1.4 closes in on the mean, sooner where outcomes vary little', () => {
    const random = seededRandom(3);
    const width = (accounts: number, spread: number): number => {
      const values = Array.from({ length: accounts }, () => 0.5 + spread * (random() - 0.5));
      const { lower, upper } = alwaysValidBoundedMean(values, SHARE);
      return upper - lower;
    };
    expect(width(2_000, 1)).toBeLessThan(width(200, 1) / 2);
    expect(width(200, 0.1)).toBeLessThan(width(200, 1) / 3);
  });

  it.each(['even events', 'shares near the top'])('1.5 is 1.3 to 2.6 times as wide as for one look: %s', (kind) => {
    const [, draw] = KINDS[kind]!;
    for (const accounts of [20, 100, 1_000]) {
      const ratios = Array.from({ length: 20 }, (_, seed) => {
        const random = seededRandom(seed + 1);
        const values = Array.from({ length: accounts }, () => draw(random));
        const { lower, upper } = alwaysValidBoundedMean(values, SHARE);
        return (upper - lower) / (2 * 1.96 * Math.sqrt(armMoments(values).variance / accounts));
      });
      const mean = ratios.reduce((sum, one) => sum + one, 0) / ratios.length;
      expect([mean > 1.3, mean < 2.6]).toEqual([true, true]);
    }
  });
});

describe('2. Someone who looks from the first account on, and stops where it misses', () => {
  const RUNS = 200;
  /** 5 % and three standard errors. */
  const MOST = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / RUNS);
  const missed = (
    mean: number,
    draw: (random: () => number) => number,
    misses: (values: number[], mean: number) => boolean,
  ) => {
    // prettier-ignore
    let runs = 0;
    for (let seed = 1; seed <= RUNS; seed++) {
      const random = seededRandom(seed);
      const values: number[] = [];
      let has = false;
      while (values.length < 120 && !has) {
        values.push(draw(random));
        has = (values.length <= 30 || values.length % 10 === 0) && misses(values, mean);
      }
      runs += Number(has);
    }
    return runs / RUNS;
  };

  it.each(Object.entries(KINDS))('2.1 is misled in at most 5 %: %s', (_, [mean, draw]) => {
    const share = missed(mean, draw, (values) => {
      const { lower, upper } = alwaysValidBoundedMean(values, SHARE);
      return lower > mean || upper < mean;
    });
    expect(share).toBeLessThan(MOST);
  });

  it('2.2 of an interval for one look, far more often', () => {
    const share = missed(...KINDS['even events']!, (values, mean) => {
      const { lower, upper } = proportionInterval({ events: values.filter((x) => x > 0).length, accounts: values.length }); // prettier-ignore
      return lower > mean || upper < mean;
    });
    expect(share).toBeGreaterThan(2 * MOST);
  });
});

describe('3. Few accounts, and refusals', () => {
  it('3.1 one account says nothing, and twenty without the event something', () => {
    expect(alwaysValidBoundedMean([1], SHARE)).toEqual({ estimate: 1, lower: 0, upper: 1, accounts: 1 });
    const { estimate, lower, upper } = alwaysValidBoundedMean(Array(20).fill(0), SHARE);
    expect([estimate, lower]).toEqual([0, 0]);
    expect(upper).toBeLessThan(0.3);
  });

  it('3.2 a mean that moved so far that no mean is left is refused', () => {
    const values = [...Array(200).fill(1), ...Array(20_000).fill(0)];
    expect(refusal(() => alwaysValidBoundedMean(values, SHARE))).toContain(
      'invalid-input: values speak against every mean',
    );
  });

  it.each([
    [[], SHARE, 'not-enough-data: values is empty'],
    [[0.5, NaN], SHARE, 'invalid-input: values[1] is NaN: give a finite number'],
    [[0.5, 1.2], SHARE, 'invalid-input: values[1] is 1.2: give numbers from 0 to 1, or wider bounds'],
    [[-0.1], SHARE, 'invalid-input: values[0] is -0.1: give numbers from 0 to 1'],
    [[0.5], { lowest: 1, highest: 1 }, 'invalid-input: lowest is 1 and highest 1'],
    [[0.5], { lowest: 0, highest: NaN }, 'invalid-input: lowest is 0 and highest NaN'],
    [[0.5], { lowest: 0, highest: Infinity }, 'invalid-input: lowest is 0 and highest Infinity'],
    [[0.5], { ...SHARE, confidence: 95 }, 'invalid-input: confidence is 95'],
  ])('3.3 %j %j', (values, options, message) => {
    expect(refusal(() => alwaysValidBoundedMean(values, options))).toContain(message);
  });
});
