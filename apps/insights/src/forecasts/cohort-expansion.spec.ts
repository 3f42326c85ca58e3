import { describe, expect, it } from '@jest/globals';
import { cohortExpansions } from './cohort-expansion.js';
import type { ExpansionRow } from './cohort-expansion.js';

const row = (day: number, events: number, competing: number, censored: number) => ({ label: 'all', day, events, competing, censored }); // prettier-ignore
const alone = (rows: ExpansionRow[], day: number) => cohortExpansions([rows], day)[0]!;

describe('1. How many of a group will have expanded', () => {
  it('1.1 by the day asked for, where enough were seen for so long; who left did not expand, and is in the share', () => {
    const rows = [row(10, 20, 0, 0), row(20, 0, 40, 0), row(30, 10, 0, 0), row(90, 0, 0, 30)];
    const found = alone(rows, 60);
    expect(found).toMatchObject({ byDay: 60, atRisk: 30, events: 30, pull: 0 });
    // Nobody is censored before day 60, so it is the plain share; 1 − Kaplan–Meier would say 0.4.
    expect(found.estimate).toBeCloseTo(0.3, 12);
    expect(found.lower).toBeLessThan(0.3);
    expect(found.upper).toBeGreaterThan(0.3);
  });

  it('1.2 otherwise by the last day for which enough were, and never later', () => {
    const rows = [row(10, 20, 0, 0), row(40, 0, 0, 71), row(50, 4, 0, 0), row(90, 5, 0, 0)];
    expect(alone(rows, 60)).toMatchObject({ byDay: 40, atRisk: 80, events: 20, estimate: 0.2 });
    expect(alone(rows, 30)).toMatchObject({ byDay: 30, atRisk: 80, estimate: 0.2 });
  });

  it('1.3 of few or none says what there is', () => {
    expect(cohortExpansions([[]], 60)).toEqual([null]);
    const three = alone([row(5, 0, 0, 3)], 60);
    expect(three).toMatchObject({ byDay: 5, atRisk: 3, events: 0, estimate: 0, lower: 0 });
    const many = alone([row(5, 0, 0, 300)], 3);
    expect(many).toMatchObject({ byDay: 3, atRisk: 300, events: 0, estimate: 0, lower: 0 });
    expect([three.upper > 0.5, many.upper > 0.005, many.upper < 0.02]).toEqual([true, true, true]);
  });
});

/** `contracts` seen for 60 days, of which a share expands on day 10. */
const group = (contracts: number, share: number) => [row(10, Math.round(contracts * share), 0, 0), row(60, 0, 0, contracts - Math.round(contracts * share))]; // prettier-ignore

describe('2. Groups share strength', () => {
  it('2.1 few contracts are pulled towards the others, many hardly, and what the group says alone is beside it', () => {
    const [large, small, other] = cohortExpansions([group(2_000, 0.3), group(20, 0.05), group(1_500, 0.35)], 30);
    expect(small!.raw.estimate).toBeCloseTo(0.05, 12);
    expect(small!.estimate).toBeGreaterThan(0.1);
    expect(small!.estimate).toBeLessThan(0.3);
    expect(large!.estimate).toBeCloseTo(0.3, 2);
    expect([small!.pull > 0.2, large!.pull < 0.02, other!.pull < 0.02]).toEqual([true, true, true]);
  });

  it('2.2 by the same day: one that was seen for less is pulled towards what the others had by then', () => {
    const early = [row(10, 1, 0, 0), row(20, 0, 0, 19)];
    // The other expands late: by day 20 nearly nobody had.
    const late = [row(10, 30, 0, 0), row(50, 900, 0, 0), row(60, 0, 0, 1_070)];
    const [own, other] = cohortExpansions([early, late], 60);
    expect([own!.byDay, other!.byDay]).toEqual([20, 60]);
    expect(other!.raw.estimate).toBeCloseTo(930 / 2_000, 12);
    expect(own!.raw.estimate).toBeCloseTo(0.05, 12);
    const [astray] = cohortExpansions([group(20, 0.05), group(2_000, 0.465)], 30);
    expect(own!.estimate).toBeLessThan(0.07);
    expect(astray!.estimate).toBeGreaterThan(1.25 * own!.estimate);
    // Nobody else was seen for so long.
    expect(other).toMatchObject({ pull: 0, ...other!.raw });
  });

  it('2.3 without an expansion anywhere each stands for itself, with its bound', () => {
    for (const found of cohortExpansions([group(40, 0), group(30, 0)], 30)) expect(found).toMatchObject({ estimate: 0, pull: 0, upper: expect.closeTo(3.84 / (found!.atRisk + 3.84), 3) }); // prettier-ignore
  });
});
