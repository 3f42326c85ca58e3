import { describe, expect, it } from '@jest/globals';
import { aalenJohansen } from '@milepost/statistics';
import { competingTable, incidenceCurve, incidenceOf, incidenceQuantile } from './incidence.js';

/** Ten accounts: by time, the cause of the end (0: not known of any longer). */
const ACCOUNTS = [[1, 1], [1, 1], [2, 0], [2, 1], [3, 2], [3, 1], [4, 0], [5, 1], [6, 2], [7, 0]] as const; // prettier-ignore
const ended = [...new Set(ACCOUNTS.map(([time]) => time))].map((time) => {
  const own = ACCOUNTS.filter((one) => one[0] === time);
  const count = (cause: number): number => own.filter((one) => one[1] === cause).length;
  return { time, causes: [count(1), count(2)], censored: count(0) };
});

describe('1. What ClickHouse counts by time gives what rows give', () => {
  it('1.1 the risk table', () => {
    expect(Array.from(competingTable(ended).atRisk)).toEqual([10, 8, 6, 4, 3, 2, 1]);
  });

  it('1.2 the incidence, with its error and bounds', () => {
    const byRows = aalenJohansen({ time: ACCOUNTS.map(([time]) => time), cause: ACCOUNTS.map(([, cause]) => cause) });
    const byCounts = incidenceOf(ended);
    expect(byCounts.causes[0]).toEqual(byRows.causes[0]);
    expect(Array.from(byCounts.atRisk)).toEqual(Array.from(byRows.atRisk));
  });
});

describe('2. What is told of it', () => {
  const incidence = incidenceOf(ended);

  it('2.1 the time by which a share has reached it; null beyond the data', () => {
    const own = incidence.causes[0]!.incidence;
    for (const share of [0.1, 0.2, 0.3, 0.5]) {
      const { estimate, lower, upper } = incidenceQuantile(incidence, 0, share);
      expect(estimate).toBe(incidence.time[own.findIndex((one) => one >= share - 1e-9)]);
      if (lower !== null) expect(lower).toBeLessThanOrEqual(estimate!);
      if (upper !== null) expect(upper).toBeGreaterThanOrEqual(estimate!);
    }
    expect(incidenceQuantile(incidence, 0, 0.95)).toEqual({ estimate: null, lower: null, upper: null });
  });

  it('2.2 the curve where it rises, at most some 200 points, with the last one', () => {
    expect(incidenceCurve(incidence, 0).map(({ day }) => day)).toEqual([1, 2, 3, 5]);
    const long = Array.from({ length: 1_000 }, (_, k) => ({ time: k + 1, causes: [1, 0], censored: 0 }));
    const curve = incidenceCurve(incidenceOf(long), 0);
    expect(curve.length).toBeLessThanOrEqual(201);
    expect(curve.at(-1)).toMatchObject({ day: 1_000, estimate: expect.closeTo(1, 9) });
  });

  it('2.3 nobody reached it: no curve and no quantile, and no fault', () => {
    const none = incidenceOf([{ time: 3, causes: [0, 2], censored: 5 }]);
    expect(incidenceCurve(none, 0)).toEqual([]);
    expect(incidenceQuantile(none, 0, 0.5).estimate).toBeNull();
  });
});
