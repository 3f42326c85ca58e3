import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectNear } from '../survival/testing/reference.js';
import { figures } from '../testing/figures.js';
import { refusal } from '../testing/refusal.js';
import { seededNormal, seededRandom } from '../testing/seeded-random.js';
import { alwaysValidMeans } from './always-valid-means.js';
import { armMoments, type ArmMoments } from './arm-moments.js';
import { countMoments } from './count-moments.js';
import { meanComparison } from './mean-comparison.js';

const py = figures('experiments', 'py');
const arm = (accounts: number, mean: number, variance = 1): ArmMoments => ({ accounts, mean, variance });

describe('1. The interval', () => {
  it.each([
    [0, arm(12, 1, 2), arm(15, 4, 5), { tightestAt: 30 }],
    [1, arm(100, 0, 1), arm(100, 0.4, 1.2), { tightestAt: 200 }],
    [2, arm(40, 10, 30), arm(300, 12, 9), { tightestAt: 400, confidence: 0.9 }],
  ])('1.1 case %d: as the mixture by quadrature over σ', (k, control, treatment, options) => {
    const { lower, upper, p } = alwaysValidMeans(control, treatment, options);
    const wanted = py.alwaysValidMeans[k];
    expectNear([lower, upper, p], [wanted.lower, wanted.upper, wanted.p], 1e-6);
  });

  it('1.2 is narrowest, against that of one look, where it was told to be', () => {
    const ratio = (accounts: number): number => {
      const [control, treatment] = [arm(accounts / 2, 0), arm(accounts / 2, 0)];
      const once = meanComparison(control, treatment).difference;
      return alwaysValidMeans(control, treatment, { tightestAt: 2000 }).upper / once.upper;
    };
    const least = ratio(2000);
    expect(least).toBeLessThan(1.76);
    for (const other of [1000, 1600, 2500, 4000]) expect(ratio(other)).toBeGreaterThan(least);
  });

  it('1.3 holds 0 exactly when p says so, and moves and stretches with the unit', () => {
    const number = fc.double({ min: -3, max: 3, noNaN: true });
    const accounts = fc.integer({ min: 2, max: 3000 });
    fc.assert(
      fc.property(number, accounts, accounts, fc.integer({ min: 2, max: 5000 }), (mean, n, m, tightestAt) => {
        const { lower, upper, p } = alwaysValidMeans(arm(n, 0), arm(m, mean, 4), { tightestAt });
        if (Math.abs(p - 0.05) > 1e-7) expect(lower <= 0 && 0 <= upper).toBe(p > 0.05);
        const far = alwaysValidMeans(arm(n, 7, 100), arm(m, 7 + 10 * mean, 400), { tightestAt });
        if (upper < Infinity) expectNear([far.lower / 10, far.upper / 10, far.p], [lower, upper, p], 1e-6);
      }),
    );
  });
});

/** The normal mixture, which takes the arms' variances for known. */
function normalMixture(control: ArmMoments, treatment: ArmMoments, planned: number): readonly [number, number] {
  const variance = control.variance / control.accounts + treatment.variance / treatment.accounts;
  const k = ((control.accounts + treatment.accounts) / planned) * (6 + Math.log(7));
  const half = Math.sqrt(((variance * 2 * (k + 1)) / k) * Math.log(Math.sqrt(k + 1) / 0.05));
  return [treatment.mean - control.mean - half, treatment.mean - control.mean + half];
}

/** Shares of experiments in which some look, from the second account on, misses the truth, a difference of 0. */
function misses(deviations: readonly [number, number], ratio: number, runs: number) {
  const missed = { exact: 0, normal: 0, oneLook: 0 };
  const apart = (lower: number, upper: number) => lower > 0 || upper < 0;
  for (let run = 1; run <= runs; run++) {
    const random = seededRandom(run);
    const [control, treatment]: [number[], number[]] = [[], []];
    const ways = { exact: false, normal: false, oneLook: false };
    for (let look = 1; look <= 60; look++) {
      for (let k = 0; k < ratio; k++) control.push(deviations[0] * seededNormal(random));
      treatment.push(deviations[1] * seededNormal(random));
      if (Math.min(control.length, treatment.length) < 2 || (look > 12 && look % 6 > 0)) continue;
      const moments = [armMoments(control), armMoments(treatment)] as const;
      const exact = alwaysValidMeans(...moments, { tightestAt: 30 });
      const once = meanComparison(...moments).difference;
      ways.exact ||= apart(exact.lower, exact.upper);
      ways.normal ||= apart(...normalMixture(...moments, 30));
      ways.oneLook ||= apart(once.lower, once.upper);
    }
    for (const way of ['exact', 'normal', 'oneLook'] as const) missed[way] += Number(ways[way]) / runs;
  }
  return missed;
}

describe('2. Someone who looks from the second account of each arm on', () => {
  const RUNS = 200;
  /** 5 % and three standard errors. */
  const MOST = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / RUNS);

  it('2.1 is misled in at most 5 %; with variances taken for known, or intervals for one look, far more often', () => {
    const { exact, normal, oneLook } = misses([1, 5], 1, RUNS);
    expect(exact).toBeLessThan(MOST);
    expect(normal).toBeGreaterThan(1.3 * MOST);
    expect(oneLook).toBeGreaterThan(2 * MOST);
  });

  it.each([
    [1, 1, 1],
    [5, 1, 3],
    [1, 5, 3],
  ])('2.2 also with deviations %d and %d, and %d controls to each other account', (one, other, ratio) => {
    expect(misses([one, other], ratio, RUNS).exact).toBeLessThan(MOST);
  });
});

describe('3. Shares are means', () => {
  it('3.1 of 0 and 1, with n - 1', () => {
    expect(countMoments({ events: 3, accounts: 10 })).toEqual({ accounts: 10, mean: 0.3, variance: 21 / 90 });
  });
});

describe('4. Few accounts, and refusals', () => {
  it('4.1 two accounts in each arm say nothing, in so many words', () => {
    const { lower, upper, p } = alwaysValidMeans(arm(2, 0), arm(2, 9), { tightestAt: 100 });
    expect([lower, upper]).toEqual([-Infinity, Infinity]);
    expect(p).toBeGreaterThan(0.5);
  });

  it.each([
    [arm(1, 0), { tightestAt: 100 }, 'not-enough-data: treatment has 1 accounts'],
    [arm(10, NaN), { tightestAt: 100 }, 'invalid-input: treatment has'],
    [arm(10, 0), { tightestAt: 1 }, 'invalid-input: tightestAt is 1'],
    [arm(10, 0), { tightestAt: NaN }, 'invalid-input: tightestAt is NaN'],
    [arm(10, 0), { tightestAt: Infinity }, 'invalid-input: tightestAt is Infinity'],
    [arm(10, 0), { tightestAt: 100, confidence: 95 }, 'invalid-input: confidence is 95'],
    [arm(10, 0, 0), { tightestAt: 100 }, 'not-enough-data: Outcomes of treatment do not vary'],
  ])('4.2 %j %j', (treatment, options, message) => {
    expect(refusal(() => alwaysValidMeans(arm(10, 0), treatment, options))).toContain(message);
  });
});
