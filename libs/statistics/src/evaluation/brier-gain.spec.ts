import { describe, expect, it } from '@jest/globals';
import { refusal } from '../testing/refusal.js';
import { seededRandom } from '../testing/seeded-random.js';
import { beatsBase, brierGain } from './brier-gain.js';

/** Accounts of several rows each; how an account fares is mostly its own, and the forecast knows `worth` of it. */
function forecasts(seed: number, worth: number, rowsEach = 6) {
  const random = seededRandom(seed);
  const rows = Array.from({ length: 60 }, (_, account) => {
    const own = random();
    const noise = random();
    const predicted = 0.2 + 0.6 * (worth * own + (1 - worth) * noise);
    return Array.from({ length: rowsEach }, () => ({ cluster: account, predicted, base: 0.5, outcome: random() < own ? 1 : 0 })); // prettier-ignore
  }).flat();
  const column = (name: 'predicted' | 'base' | 'outcome' | 'cluster') => rows.map((row) => row[name]);
  return {
    predicted: column('predicted'),
    base: column('base'),
    outcome: column('outcome'),
    cluster: column('cluster'),
  };
}

describe('1. A forecast beside a base rate', () => {
  it('1.1 by hand: two accounts, three rows', () => {
    const { brier, baseBrier, gain } = brierGain({ predicted: [0.8, 0.6, 0.1], base: [0.5, 0.5, 0.5], outcome: [1, 1, 0], cluster: ['a', 'a', 'b'] }); // prettier-ignore
    expect(brier).toBeCloseTo((0.04 + 0.16 + 0.01) / 3, 12);
    expect(baseBrier).toBeCloseTo(0.25, 12);
    // Gains 0.21, 0.09, 0.24 about their mean 0.18: by account -0.06 and 0.06.
    expect(gain.estimate).toBeCloseTo(0.18, 12);
    expect(gain.standardError).toBeCloseTo(Math.sqrt(2 * (0.06 ** 2 + 0.06 ** 2)) / 3, 12);
  });

  it('1.2 rows of one account go together: each row ten times over makes nothing surer', () => {
    const one = forecasts(4, 0.3);
    const often = (column: number[]) => column.flatMap((value) => Array.from({ length: 10 }, () => value));
    const many = { predicted: often(one.predicted), base: often(one.base), outcome: often(one.outcome), cluster: often(one.cluster) }; // prettier-ignore
    expect(brierGain(many).gain.standardError).toBeCloseTo(brierGain(one).gain.standardError, 12);
    const alone = { ...many, cluster: many.cluster.map((_, i) => i) };
    expect(brierGain(alone).gain.standardError).toBeLessThan(0.5 * brierGain(one).gain.standardError);
  });

  it('1.3 refuses one account, and what is no probability', () => {
    expect(refusal(() => brierGain({ predicted: [0.5], base: [0.5], outcome: [1], cluster: ['a'] }))).toMatch(/^not-enough-data: /); // prettier-ignore
    expect(refusal(() => brierGain({ predicted: [1.5], base: [0.5], outcome: [1], cluster: ['a'] }))).toMatch(/^invalid-input: predicted/); // prettier-ignore
    expect(refusal(() => brierGain({ predicted: [0.5], base: [0.5], outcome: [1], cluster: [] }))).toMatch(/^invalid-input: cluster/); // prettier-ignore
  });
});

describe('2. Whether it beats the base rate', () => {
  it('2.1 with worth nearly always; as good as the base rate in about one of twenty, though rows go together', () => {
    const passes = (worth: number) => Array.from({ length: 200 }, (_, seed) => beatsBase(brierGain(forecasts(seed + 1, worth)).gain)).filter(Boolean).length; // prettier-ignore
    expect(passes(1)).toBe(200);
    // As good as the base rate on average: the forecast's noise costs what the base rate lacks.
    const even = Array.from({ length: 400 }, (_, seed) => {
      const random = seededRandom(seed + 1);
      const rows = Array.from({ length: 60 }, (_x, account) => {
        const [own, up] = [random() < 0.5 ? 1 : 0, random() < 0.5 ? 0.1 : -0.1];
        return Array.from({ length: 6 }, () => ({ account, up, outcome: random() < 0.9 ? own : 1 - own }));
      }).flat();
      // Against 0.5 ± 0.1 turned round: neither is nearer.
      return beatsBase(brierGain({ predicted: rows.map(({ up }) => 0.5 + up), base: rows.map(({ up }) => 0.5 - up), outcome: rows.map(({ outcome }) => outcome), cluster: rows.map(({ account }) => account) }).gain); // prettier-ignore
    }).filter(Boolean).length;
    expect(even / 400).toBeGreaterThan(0.02);
    expect(even / 400).toBeLessThan(0.09);
  });

  it('2.2 better on average is not enough', () => {
    expect(beatsBase({ estimate: 0.01, standardError: 0.01 })).toBe(false);
    expect(beatsBase({ estimate: 0.017, standardError: 0.01 })).toBe(true);
    expect(beatsBase({ estimate: -0.1, standardError: 0 })).toBe(false);
  });
});
