import { describe, expect, it } from '@jest/globals';
import { cohortExpansion } from './cohort-expansion.js';

const row = (day: number, events: number, competing: number, censored: number) => ({ label: 'all', day, events, competing, censored }); // prettier-ignore

describe('1. How many of a group will have expanded', () => {
  it('1.1 by the day asked for, where enough were seen for so long; who left did not expand, and is in the share', () => {
    const rows = [row(10, 20, 0, 0), row(20, 0, 40, 0), row(30, 10, 0, 0), row(90, 0, 0, 30)];
    const found = cohortExpansion(rows, 60)!;
    expect(found).toMatchObject({ byDay: 60, atRisk: 30, events: 30 });
    // Nobody is censored before day 60, so it is the plain share; 1 − Kaplan–Meier would say 0.4.
    expect(found.estimate).toBeCloseTo(0.3, 12);
    expect(found.lower!).toBeLessThan(0.3);
    expect(found.upper!).toBeGreaterThan(0.3);
  });

  it('1.2 otherwise by the last day for which enough were, and never later', () => {
    const rows = [row(10, 20, 0, 0), row(40, 0, 0, 71), row(50, 4, 0, 0), row(90, 5, 0, 0)];
    expect(cohortExpansion(rows, 60)).toMatchObject({ byDay: 40, atRisk: 80, events: 20, estimate: 0.2 });
    expect(cohortExpansion(rows, 30)).toMatchObject({ byDay: 30, atRisk: 80, estimate: 0.2 });
  });

  it('1.3 of few or none says what there is', () => {
    expect(cohortExpansion([], 60)).toBeNull();
    const three = cohortExpansion([row(5, 0, 0, 3)], 60)!;
    expect(three).toMatchObject({ byDay: 5, atRisk: 3, events: 0, estimate: 0, lower: 0 });
    const many = cohortExpansion([row(5, 0, 0, 300)], 3)!;
    expect(many).toMatchObject({ byDay: 3, atRisk: 300, events: 0, estimate: 0, lower: 0 });
    expect([three.upper > 0.5, many.upper > 0.005, many.upper < 0.02]).toEqual([true, true, true]);
  });
});
