import { describe, expect, it } from '@jest/globals';
import { Chance } from './chance.js';

const draws = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);
const mean = (list: readonly number[]): number => list.reduce((sum, one) => sum + one, 0) / list.length;

describe('Chance', () => {
  it('gives the same draws for the same seed and stream, and other ones for another', () => {
    const ten = (seed: number, stream: number) => {
      const chance = new Chance(seed, stream);
      return draws(10, () => chance.next());
    };
    expect(ten(7, 3)).toEqual(ten(7, 3));
    const others = [ten(7, 3), ten(7, 4), ten(8, 3), ten(3, 7), ten(0, 0), ten(-1, -1)].map((one) => one.join());
    expect(new Set(others).size).toBe(others.length);
  });

  it('has the moments that its draws are named after', () => {
    const chance = new Chance(1, 1);
    const normal = draws(50_000, () => chance.normal(3, 2));
    expect(mean(normal)).toBeCloseTo(3, 1);
    expect(mean(normal.map((one) => (one - 3) ** 2))).toBeCloseTo(4, 0);
    expect(mean(draws(50_000, () => chance.exponential(4)))).toBeCloseTo(4, 0);
    expect(mean(draws(50_000, () => chance.poisson(1.5)))).toBeCloseTo(1.5, 1);
    expect(mean(draws(50_000, () => chance.next()))).toBeCloseTo(0.5, 2);
  });

  it('chooses each entry as often as its share', () => {
    const chance = new Chance(2, 1);
    const entries = [{ share: 0.7 }, { share: 0.22 }, { share: 0.08 }];
    const chosen = draws(50_000, () => chance.choice(entries));
    for (const entry of entries) {
      expect(chosen.filter((one) => one === entry).length / chosen.length).toBeCloseTo(entry.share, 2);
    }
  });

  it('keeps whole numbers within their bounds, both included', () => {
    const chance = new Chance(3, 1);
    expect(new Set(draws(1_000, () => chance.integer(2, 4)))).toEqual(new Set([2, 3, 4]));
  });
});
