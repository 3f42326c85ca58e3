import { describe, expect, it } from '@jest/globals';
import { Chance } from '@milepost/simulator';
import { cohortExpansions } from './cohort-expansion.js';

const row = (day: number, events: number, competing: number, censored: number) => ({ label: 'all', day, events, competing, censored }); // prettier-ignore

describe('1. Small groups whose truth is known', () => {
  it('1.1 a third or more of the error of small groups goes', () => {
    let [raw, pulled, covered, all] = [0, 0, 0, 0];
    for (let seed = 1; seed <= 60; seed++) {
      const chance = new Chance(seed, 0);
      const truths = Array.from({ length: 6 }, () => 0.2 + 0.1 * (chance.next() - 0.5));
      const groups = truths.map((truth) => {
        const expanded = Array.from({ length: 25 }, () => Number(chance.next() < truth)).reduce((sum, one) => sum + one, 0); // prettier-ignore
        return [row(10, expanded, 0, 0), row(60, 0, 0, 25 - expanded)].filter(({ events, censored }) => events + censored > 0); // prettier-ignore
      });
      cohortExpansions(groups, 30).forEach((found, k) => {
        raw += (found!.raw.estimate - truths[k]!) ** 2;
        pulled += (found!.estimate - truths[k]!) ** 2;
        covered += Number(found!.lower <= truths[k]! && truths[k]! <= found!.upper);
        all++;
      });
    }
    expect(pulled).toBeLessThan(0.67 * raw);
    expect(covered / all).toBeGreaterThan(0.91);
  });
});
