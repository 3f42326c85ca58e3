import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { refusal } from '../testing/refusal.js';
import { aalenJohansen } from './aalen-johansen.js';
import { competingRiskTable } from './competing-risk-table.js';
import { groupedRiskTables } from './grouped-risk-tables.js';
import { kaplanMeier, type SurvivalCurve } from './kaplan-meier.js';
import { lastAtOrBefore, numberAtRisk, survivalAt } from './survival-at.js';
import { logRank, type LogRankTest } from './log-rank.js';
import { nelsonAalen } from './nelson-aalen.js';
import { restrictedMean } from './restricted-mean.js';
import { riskTable } from './risk-table.js';
import type { SurvivalColumns } from './survival-columns.js';
import { medianSurvival, survivalQuantile } from './survival-quantile.js';
import { dataSet, expectNear, reference } from './testing/reference.js';

const r = reference('r');
const py = reference('py');
const { time, status, sex } = dataSet('lung') as { time: number[]; status: number[]; sex: number[] };
const lung: SurvivalColumns = { time, event: status };
const { made } = r;
const walton = dataSet('waltons');
const waltons = { time: walton['T']!, event: walton['E']!, group: walton['group']! };
const TRANSFORMS = ['log-log', 'log', 'plain'] as const;
const FIELDS = ['survival', 'standardError', 'lower', 'upper', 'atRisk'] as const;

function expectCurve(curve: SurvivalCurve, wanted: Record<(typeof FIELDS)[number] | 'time', number[]>): void {
  const found = wanted.time.map((at) => survivalAt(curve, at)!);
  for (const field of FIELDS) expectNear(found.map((one) => one[field]), wanted[field]); // prettier-ignore
}
function expectTest(test: LogRankTest, wanted: { statistic: number; observed: number[]; expected: number[] }): void {
  expectNear([test.statistic], [wanted.statistic]);
  expectNear(test.groups.map((one) => one.observed), wanted.observed); // prettier-ignore
  expectNear(test.groups.map((one) => one.expected), wanted.expected); // prettier-ignore
}

describe('1. As R’s survival', () => {
  it.each(TRANSFORMS)('1.1 survfit with %s intervals, and its quantiles', (transform) => {
    const curve = kaplanMeier(lung, { transform });
    expectCurve(curve, r.lung[transform].curve);
    const { quantile, lower, upper } = r.lung[transform].quantiles as Record<string, (number | null)[]>;
    const found = [0.25, 0.5, 0.75].map((p) => survivalQuantile(curve, p));
    expect(found.map((one) => one.estimate)).toEqual(quantile);
    expect(found.map((one) => one.lower)).toEqual(lower);
    expect(found.map((one) => one.upper)).toEqual(upper);
  });

  it('1.2 survfit with delayed entry, and with weights as counts', () => {
    expectCurve(kaplanMeier({ time: made.time, event: made.event, start: made.start }), r.lateEntry);
    const weights = (made.weight as number[]).map((one) => one * 2);
    expectCurve(kaplanMeier({ time: made.time, event: made.event, weights }), r.counted);
  });

  it('1.3 the middle of a step that rests at one half', () => {
    const median = (event: number[]) => medianSurvival(kaplanMeier({ time: [1, 2, 3, 4], event })).estimate;
    expect([median([1, 1, 1, 1]), median([1, 1, 0, 0])]).toEqual([r.median.flat, r.median.rest]);
  });

  it('1.4 cumulative hazard, ties together and split', () => {
    const times = r.lung.log.curve.time as number[];
    for (const ties of ['none', 'split'] as const) {
      const curve = nelsonAalen(lung, { ties });
      const places = times.map((at) => lastAtOrBefore(curve.time, at));
      expectNear(places.map((j) => curve.cumulativeHazard[j]!), r.hazard[ties].hazard); // prettier-ignore
      expectNear(places.map((j) => curve.standardError[j]!), r.hazard[ties].standardError); // prettier-ignore
    }
  });

  it('1.5 restricted mean', () => {
    for (const horizon of [365, 1000]) {
      const { estimate, standardError } = restrictedMean(lung, horizon);
      expectNear([estimate, standardError], r.restrictedMean[horizon], 1e-6);
    }
  });

  it('1.6 survdiff: groups, strata, Fleming–Harrington', () => {
    expectTest(logRank({ ...lung, group: sex }), r.logRank.lung);
    expectTest(logRank({ ...lung, group: sex }, { rho: 1 }), r.logRank.lungRho1);
    expectTest(logRank({ ...lung, group: sex }, { rho: 0.5 }), r.logRank.lungRhoHalf);
    const columns = { time: made.time, event: made.event };
    expectTest(logRank({ ...columns, group: made.g }), r.logRank.madeGroups);
    expectTest(logRank({ ...columns, group: made.z, strata: made.g }), r.logRank.madeStrata);
    expectTest(logRank({ ...columns, group: made.z, strata: made.g }, { rho: 1 }), r.logRank.madeStrataRho1);
    expectNear([logRank(waltons).statistic], [py.waltons.statistic]);
    // What groups have too many of events, others have too few of.
    const { covariance } = logRank({ ...columns, group: made.g, strata: made.z });
    covariance.forEach((line, k) => {
      expectNear(line, covariance.map((other) => other[k]!)); // prettier-ignore
      expectNear([line.reduce((sum, one) => sum + one, 0)], [0]);
    });
    expect(covariance.length).toBeGreaterThan(2);
  });

  it('1.7 Aalen–Johansen', () => {
    const curve = aalenJohansen(r.mgus2);
    const wanted = r.incidence.mgus2 as { time: number[]; incidence: number[][]; standardError: number[][] };
    wanted.time.forEach((at, row) => {
      const j = lastAtOrBefore(curve.time, at);
      const states = [curve.survival[j]!, ...curve.causes.map((one) => one.incidence[j]!)];
      expectNear(states, wanted.incidence[row]!, 1e-6);
      const errors = curve.causes.map((one) => one.standardError[j]!);
      expectNear(errors, wanted.standardError[row]!.slice(1), 1e-4);
    });
  });
});

const row = fc.record({
  time: fc.integer({ min: 1, max: 12 }),
  event: fc.integer({ min: 0, max: 1 }),
  group: fc.integer({ min: 0, max: 2 }),
  weight: fc.integer({ min: 1, max: 3 }),
});
type Row = { time: number; event: number; group: number; weight: number };
const rows = fc.array(row, { minLength: 2, maxLength: 40 });
const columnsOf = (list: Row[]) => ({
  time: list.map((one) => one.time),
  event: list.map((one) => one.event),
  group: list.map((one) => one.group),
  weights: list.map((one) => one.weight),
});
const plain = (list: Row[]): SurvivalColumns => ({ time: columnsOf(list).time, event: columnsOf(list).event });

/** What a call answers, or how it refuses. */
function told<T>(call: () => T): T | string {
  try {
    return call();
  } catch (error) {
    return (error as Error).message;
  }
}

describe('2. Whatever the rows', () => {
  it('2.1 their order is nothing, and risk tables say the same as rows', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const whole = kaplanMeier(columnsOf(list));
        expect(kaplanMeier(columnsOf([...list].reverse()))).toEqual(whole);
        expect(kaplanMeier(riskTable(columnsOf(list)))).toEqual(whole);
        expect(nelsonAalen(riskTable(columnsOf(list)))).toEqual(nelsonAalen(columnsOf(list)));
        if (new Set(list.map((one) => one.group)).size < 2) return;
        expect(told(() => logRank(groupedRiskTables(columnsOf(list))))).toEqual(told(() => logRank(columnsOf(list))));
      }),
    );
  });

  it('2.2 a weight is so many rows', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const repeated = list.flatMap((one) => Array.from({ length: one.weight }, () => one));
        const [weighted, counted] = [kaplanMeier(columnsOf(list)), kaplanMeier(plain(repeated))];
        for (const field of ['time', 'survival', 'standardError', 'lower', 'upper'] as const)
          expectNear(weighted[field], counted[field], 1e-9);
      }),
    );
  });

  it('2.3 time at risk may be split', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 11 }), (list, cut) => {
        const parts = list.flatMap(({ time, event }) =>
          time <= cut ? [{ start: 0, time, event }] : [{ start: 0, time: cut, event: 0 }, { start: cut, time, event }],
        ); // prettier-ignore
        const split = kaplanMeier({
          time: parts.map((one) => one.time),
          event: parts.map((one) => one.event),
          start: parts.map((one) => one.start),
        });
        const whole = kaplanMeier(plain(list));
        for (const at of whole.time) {
          expectNear([survivalAt(split, at)!.survival], [survivalAt(whole, at)!.survival], 1e-9);
          expect(numberAtRisk(split, at)).toBe(numberAtRisk(whole, at));
        }
      }),
    );
  });

  it('2.4 with one cause Aalen–Johansen is 1 - Kaplan–Meier, and its error is the same', () => {
    fc.assert(
      fc.property(rows, (list) => {
        if (list.every((one) => one.event === 0)) return;
        const columns = { time: plain(list).time, cause: plain(list).event };
        const { causes, survival } = aalenJohansen(columns);
        const curve = kaplanMeier(plain(list));
        expectNear(survival, curve.survival, 1e-9);
        expectNear(causes[0]!.incidence, Array.from(curve.survival, (one) => 1 - one), 1e-9); // prettier-ignore
        expectNear(causes[0]!.standardError, curve.standardError, 1e-5);
        expect(aalenJohansen(competingRiskTable(columns))).toEqual(aalenJohansen(columns));
      }),
    );
  });

  it('2.5 without censoring the restricted mean is the mean', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 2, maxLength: 30 }), (times) => {
        const { estimate } = restrictedMean({ time: times, event: times.map(() => 1) }, 31);
        expectNear([estimate], [times.reduce((sum, one) => sum + one, 0) / times.length], 1e-9);
      }),
    );
  });
});

describe('3. Rows that say nothing, or too little', () => {
  it('3.1 are refused by name', () => {
    expect(refusal(() => kaplanMeier({ time: [], event: [] }))).toMatch(/^not-enough-data: /);
    expect(refusal(() => kaplanMeier({ time: [1, NaN], event: [1, 0] }))).toMatch(/^invalid-input: time\[1\]/);
    expect(refusal(() => kaplanMeier({ time: [1, Infinity], event: [1, 0] }))).toMatch(/^invalid-input: time\[1\]/);
    expect(refusal(() => kaplanMeier({ time: [1, -1], event: [1, 0] }))).toMatch(/^invalid-input: time\[1\]/);
    expect(refusal(() => kaplanMeier({ time: [1, 2], event: [1, 2] }))).toMatch(/^invalid-input: event\[1\]/);
    expect(refusal(() => logRank({ time: [1, 2], event: [1, 0], group: ['a', 'a'] }))).toMatch(/^not-enough-data: /);
    expect(refusal(() => aalenJohansen({ time: [1, 2], cause: [0, 0] }))).toMatch(/^not-enough-data: /);
    const many = Array.from({ length: 501 }, (_, i) => i);
    expect(refusal(() => logRank({ time: many, event: many.map(() => 1), group: many }))).toMatch(/^invalid-input: There are 501 groups/); // prettier-ignore
    expect(refusal(() => restrictedMean({ time: [1, 2], event: [1, 0] }, 3))).toMatch(/^not-enough-data: /);
  });

  it('3.2 all censored: nothing is lost, and no median is made up', () => {
    const curve = kaplanMeier({ time: [1, 2, 3], event: [0, 0, 0] });
    expect([...curve.survival]).toEqual([1, 1, 1]);
    expect(medianSurvival(curve)).toEqual({ estimate: null, lower: null, upper: null });
    expect(survivalAt(curve, 4)).toBeNull();
  });

  it('3.3 nobody censored, all at once: the curve ends at 0', () => {
    const curve = kaplanMeier({ time: [2, 2, 2], event: [1, 1, 1] });
    expect(survivalAt(curve, 5)!.survival).toBe(0);
    expect(medianSurvival(curve).estimate).toBe(2);
    for (const field of ['survival', 'standardError', 'lower', 'upper'] as const)
      expect(curve[field].every((one) => Number.isFinite(one))).toBe(true);
  });
});
