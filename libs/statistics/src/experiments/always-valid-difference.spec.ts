import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectNear } from '../survival/testing/reference.js';
import { figures } from '../testing/figures.js';
import { refusal } from '../testing/refusal.js';
import { seededRandom } from '../testing/seeded-random.js';
import { alwaysValidDifference } from './always-valid-difference.js';
import type { ArmMoments } from './arm-moments.js';
import { countMoments } from './count-moments.js';
import { proportionComparison } from './proportion-comparison.js';

const py = figures('experiments', 'py');
const arm = (accounts: number, mean: number, variance = 1): ArmMoments => ({ accounts, mean, variance });

describe('1. The interval', () => {
  it.each([
    [200, 1000, 0.95],
    [1000, 1000, 0.95],
    [5000, 1000, 0.95],
    [300, 400, 0.9],
  ])('1.1 of %d accounts, tightest at %d, %d: as the mixture by quadrature', (accounts, tightestAt, confidence) => {
    // prettier-ignore
    const case_ = [200, 1000, 5000, 300].indexOf(accounts);
    const error = Math.sqrt(4 / accounts);
    const half = accounts / 2;
    const got = alwaysValidDifference(arm(half, 0), arm(half, 2.5 * error), { tightestAt, confidence });
    expectNear(
      [(got.upper - got.estimate) / error, got.p],
      [py.alwaysValid[case_].half, py.alwaysValid[case_].p],
      1e-8,
    );
    expect(got.standardError).toBeCloseTo(error, 12);
  });

  it('1.2 is narrowest, against that of one look, where it was told to be', () => {
    const ratio = (accounts: number): number => {
      const { upper, estimate, standardError } = alwaysValidDifference(arm(accounts / 2, 0), arm(accounts / 2, 0), { tightestAt: 1000 }); // prettier-ignore
      return (upper - estimate) / standardError;
    };
    const least = ratio(1000);
    expect(least / 1.96).toBeLessThan(1.6);
    for (const other of [500, 800, 1250, 2000]) expect(ratio(other)).toBeGreaterThan(least);
  });

  it('1.3 holds 0 exactly when p says so', () => {
    const number = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(
        number,
        fc.integer({ min: 4, max: 5000 }),
        fc.integer({ min: 2, max: 5000 }),
        (mean, accounts, tightestAt) => {
          // prettier-ignore
          const { lower, upper, p } = alwaysValidDifference(arm(accounts, 0), arm(accounts, mean), { tightestAt });
          if (Math.abs(p - 0.05) > 1e-9) expect(lower <= 0 && 0 <= upper).toBe(p > 0.05);
        },
      ),
    );
  });
});

/** Shares of experiments without an effect that someone who looks after every 20 accounts calls a winner or loser. */
function falseAlarms(runs: number): { alwaysValid: number; oneLook: number } {
  const called = { alwaysValid: 0, oneLook: 0 };
  for (let run = 1; run <= runs; run++) {
    const random = seededRandom(run);
    const events = [0, 0];
    const verdict = { alwaysValid: false, oneLook: false };
    for (let accounts = 1; accounts <= 600; accounts++) {
      for (const side of [0, 1]) if (random() < 0.3) events[side]!++;
      if (accounts < 40 || accounts % 10 > 0) continue;
      const counts = events.map((own) => ({ events: own, accounts })) as [{ events: number; accounts: number }, never];
      const moments = counts.map(countMoments) as [ArmMoments, ArmMoments];
      verdict.alwaysValid ||= alwaysValidDifference(...moments, { tightestAt: 800 }).p < 0.05;
      verdict.oneLook ||= proportionComparison(...counts).difference.p < 0.05;
    }
    called.alwaysValid += Number(verdict.alwaysValid);
    called.oneLook += Number(verdict.oneLook);
  }
  return { alwaysValid: called.alwaysValid / runs, oneLook: called.oneLook / runs };
}

describe('2. Someone who keeps looking', () => {
  it('2.1 is misled in at most 5 %, and with intervals for one look several times as often', () => {
    const { alwaysValid, oneLook } = falseAlarms(300);
    // 5 % and three standard errors of 300 runs.
    expect(alwaysValid).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / 300));
    expect(oneLook).toBeGreaterThan(0.15);
  });
});

describe('3. Shares are means', () => {
  it('3.1 of 0 and 1, with n - 1', () => {
    expect(countMoments({ events: 3, accounts: 10 })).toEqual({ accounts: 10, mean: 0.3, variance: 21 / 90 });
  });
});

describe('4. Refusals', () => {
  it.each([
    [arm(1, 0), { tightestAt: 100 }, 'not-enough-data: treatment has 1 accounts'],
    [arm(10, NaN), { tightestAt: 100 }, 'invalid-input: treatment has'],
    [arm(10, 0), { tightestAt: 1 }, 'invalid-input: tightestAt is 1'],
    [arm(10, 0), { tightestAt: NaN }, 'invalid-input: tightestAt is NaN'],
    [arm(10, 0), { tightestAt: Infinity }, 'invalid-input: tightestAt is Infinity'],
    [arm(10, 0), { tightestAt: 100, confidence: 95 }, 'invalid-input: confidence is 95'],
  ])('4.1 %j %j', (treatment, options, message) => {
    expect(refusal(() => alwaysValidDifference(arm(10, 0), treatment, options))).toContain(message);
  });

  it('4.2 outcomes that do not vary', () => {
    const still = (mean: number) => arm(10, mean, 0);
    expect(refusal(() => alwaysValidDifference(still(0), still(1), { tightestAt: 100 }))).toContain('not-enough-data: Outcomes do not vary'); // prettier-ignore
  });
});
