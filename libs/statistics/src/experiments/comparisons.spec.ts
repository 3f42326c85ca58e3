import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectNear } from '../survival/testing/reference.js';
import { figures } from '../testing/figures.js';
import { refusal } from '../testing/refusal.js';
import { seededNormal, seededRandom } from '../testing/seeded-random.js';
import { armMoments, type ArmMoments } from './arm-moments.js';
import { meanComparison } from './mean-comparison.js';
import type { ArmCounts } from './arm-counts.js';
import { proportionComparison, type ProportionOptions } from './proportion-comparison.js';
import { ratioComparison, ratioEstimate, ratioMoments, type RatioMoments } from './ratio-comparison.js';

const r = figures('experiments', 'r');
const py = figures('experiments', 'py');
const columns = r.made as Record<string, number[]>;
const ofArm = (name: string, arm: number) => columns[name]!.filter((_, i) => columns.arm![i] === arm);
const counts = (events: number, accounts: number): ArmCounts => ({ events, accounts });

describe('1. Proportions', () => {
  it('1.1 100 of 1000 against 130 of 1000: difference .03, CI .00205–.05795, p .03541', () => {
    const { difference } = proportionComparison(counts(100, 1000), counts(130, 1000));
    expect(difference.estimate).toBeCloseTo(0.03, 12);
    expect([difference.lower, difference.upper, difference.p].map((one) => one.toFixed(5))).toEqual(['0.00205', '0.05795', '0.03541']); // prettier-ignore
  });

  it('1.2 Newcombe’s intervals as statsmodels, with the p of R’s prop.test', () => {
    const cases = [[counts(10, 100), counts(13, 90)], [counts(0, 60), counts(3, 50)], [counts(48, 80), counts(56, 70)]] as const; // prettier-ignore
    cases.forEach(([control, treatment], k) => {
      const { difference } = proportionComparison(control, treatment, { interval: 'newcombe' });
      expectNear([difference.lower, difference.upper], py.newcombe[k]);
      if (k < 2) expectNear([difference.p], [r.score[k]]);
    });
  });

  it('1.3 many accounts: the normal’s interval, and the moments of 0 and 1', () => {
    const [control, treatment] = [counts(30_000, 1e6), counts(31_000, 1e6)];
    const asMean = ({ events, accounts }: ArmCounts): ArmMoments => ({ accounts, mean: events / accounts, variance: (events * (accounts - events)) / (accounts * (accounts - 1)) }); // prettier-ignore
    const [one, other] = [proportionComparison(control, treatment), meanComparison(asMean(control), asMean(treatment))];
    expectNear([one.difference.lower, one.difference.upper, one.lift!.lower], [other.difference.lower, other.difference.upper, other.lift!.lower], 1e-5); // prettier-ignore
  });

  it('1.4 lift: of control’s share; none where nobody in control had the event', () => {
    const { lift } = proportionComparison(counts(100, 1000), counts(130, 1000));
    expectNear([lift!.estimate, lift!.standardError], [0.3, Math.hypot(0.0106348, 1.3 * 0.0094868) / 0.1], 1e-5);
    expect(proportionComparison(counts(0, 1000), counts(130, 1000)).lift).toBeNull();
  });

  it('1.5 arms exchanged change the sign; Newcombe stays within -1 and 1', () => {
    const arm = fc.tuple(fc.nat(200), fc.nat(200)).map(([a, b]) => counts(a, a + b + 2));
    fc.assert(
      fc.property(arm, arm, (control, treatment) => {
        const of = (one: ArmCounts, other: ArmCounts) => proportionComparison(one, other, { interval: 'newcombe' }).difference; // prettier-ignore
        const [here, there] = [of(control, treatment), of(treatment, control)];
        expectNear([-there.upper, -there.lower, there.p], [here.lower, here.upper, here.p], 1e-9);
        expect(here.lower >= -1 && here.lower <= here.estimate && here.estimate <= here.upper && here.upper <= 1).toBe(true); // prettier-ignore
      }),
    );
  });
});

describe('2. Means', () => {
  const fields = ['estimate', 'standardError', 'lower', 'upper', 'p', 'degreesOfFreedom'] as const;
  const wanted = ({ difference, standardError, lower, upper, p, degreesOfFreedom }: typeof r.mean.plain) => [difference, standardError, lower, upper, p, degreesOfFreedom]; // prettier-ignore

  it('2.1 as R’s t.test, from rows and from counts', () => {
    const { difference } = meanComparison(armMoments(ofArm('revenue', 0)), armMoments(ofArm('revenue', 1)));
    expectNear(fields.map((field) => difference[field]), wanted(r.mean.plain)); // prettier-ignore
    const [control, treatment] = [0, 1].map((arm) => armMoments(ofArm('revenue', arm), ofArm('count', arm)));
    const counted = meanComparison(control!, treatment!).difference;
    expectNear(fields.map((field) => counted[field]), wanted(r.mean.counted)); // prettier-ignore
  });

  it('2.2 moments do not depend on the order, nor lose digits far from 0', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom(0, 1e6, -1e8), (seed, origin) => {
        const random = seededRandom(seed);
        const values = Array.from({ length: 20 }, () => seededNormal(random));
        const moved = armMoments(values.map((one) => one + origin).reverse());
        expectNear([moved.mean - origin, moved.variance], [armMoments(values).mean, armMoments(values).variance], 1e-4);
      }),
      { numRuns: 30 },
    );
  });

  it('2.3 arms that do not vary: p is 0 or 1, never NaN', () => {
    const [one, other] = [{ accounts: 9, mean: 4, variance: 0 }, { accounts: 5, mean: 6, variance: 0 }]; // prettier-ignore
    expect(meanComparison(one, other).difference).toMatchObject({ estimate: 2, lower: 2, upper: 2, p: 0 });
    expect(meanComparison(one, one).difference).toMatchObject({ estimate: 0, lower: 0, upper: 0, p: 1 });
  });
});

describe('3. Ratios', () => {
  const momentsOf = (arm: number, count?: string): RatioMoments =>
    ratioMoments({ numerator: ofArm('revenue', arm), denominator: ofArm('orders', arm), ...(count ? { counts: ofArm(count, arm) } : {}) }); // prettier-ignore

  it('3.1 as the linearised rows in R, from rows and from counts', () => {
    for (const [name, count] of [
      ['plain', undefined],
      ['counted', 'count'],
    ] as const) {
      const got = ratioComparison(momentsOf(0, count), momentsOf(1, count));
      expectNear([got.control.estimate, got.control.standardError], r.ratio[name].control);
      expectNear([got.treatment.estimate, got.treatment.standardError], r.ratio[name].treatment);
      expect(ratioEstimate(momentsOf(0, count))).toEqual(got.control);
    }
  });

  it('3.2 a denominator that is 1 throughout leaves the mean', () => {
    const of = (values: number[]) => ratioMoments({ numerator: values, denominator: values.map(() => 1) });
    const [control, treatment] = [ofArm('revenue', 0), ofArm('revenue', 1)];
    const [got, wanted] = [ratioComparison(of(control), of(treatment)), meanComparison(armMoments(control), armMoments(treatment))]; // prettier-ignore
    for (const part of ['control', 'treatment', 'difference', 'lift'] as const) {
      expectNear(Object.values(got[part]!), Object.values(wanted[part]!), 1e-9);
    }
  });

  it('3.3 a ratio that is the same for all has no error, however the sizes vary', () => {
    const orders = ofArm('orders', 0);
    const same = ratioMoments({ numerator: orders.map((one) => 7 * one), denominator: orders });
    const { difference } = ratioComparison(same, same);
    expect(difference.estimate).toBe(0);
    expect(difference.standardError).toBeLessThan(1e-6);
  });
});

describe('4. Refusals', () => {
  const fine: ArmMoments = { accounts: 10, mean: 1, variance: 2 };
  const ratio: RatioMoments = { accounts: 10, numerator: { mean: 2, variance: 1 }, denominator: { mean: 1, variance: 1 }, covariance: 0.5 }; // prettier-ignore

  it.each([
    [counts(1, 1), {}, 'not-enough-data: treatment has 1 accounts'],
    [counts(0, 0), {}, 'not-enough-data: treatment has 0 accounts'],
    [counts(11, 10), {}, 'invalid-input: treatment has 11 events of 10 accounts'],
    [counts(NaN, 10), {}, 'invalid-input: treatment has NaN events'],
    [counts(1, Infinity), {}, 'invalid-input: treatment has 1 events of Infinity'],
    [counts(0, 10), {}, 'not-enough-data: control has 0 of 10 and treatment 0 of 10: neither varies'],
    [counts(3, 10), { interval: 'exact' }, 'invalid-input: interval is exact'],
    [counts(3, 10), { confidence: 95 }, 'invalid-input: confidence is 95'],
  ])('4.1 proportions: %j %j', (treatment, options, message) => {
    expect(refusal(() => proportionComparison(counts(0, 10), treatment, options as ProportionOptions))).toContain(message); // prettier-ignore
  });

  it.each([
    [{ mean: NaN }, 'invalid-input: treatment has 10 accounts, mean NaN'],
    [{ variance: -1 }, 'invalid-input: treatment has 10 accounts, mean 1, variance -1'],
    [{ variance: Infinity }, 'invalid-input: treatment has'],
    [{ accounts: 1 }, 'not-enough-data: treatment has 1 accounts'],
  ])('4.2 means: %j', (part, message) => {
    expect(refusal(() => meanComparison(fine, { ...fine, ...part }))).toContain(message);
  });

  it('4.3 rows', () => {
    expect(refusal(() => armMoments([]))).toContain('not-enough-data: values is empty');
    expect(refusal(() => armMoments([3]))).toContain('not-enough-data: values are of 1 accounts');
    expect(refusal(() => armMoments([1, NaN]))).toContain('invalid-input: values[1] is NaN');
    expect(refusal(() => armMoments([1, 2], [0, 0]))).toContain('not-enough-data: All counts are 0');
    expect(refusal(() => ratioMoments({ numerator: [], denominator: [] }))).toContain('numerator is empty');
    expect(refusal(() => ratioMoments({ numerator: [1, 2], denominator: [1] }))).toContain('denominator has 1 values for 2'); // prettier-ignore
  });

  it.each([
    [{ denominator: { mean: 0, variance: 1 } }, "invalid-input: treatment: the denominator's mean is 0"],
    [{ denominator: { mean: -1, variance: 1 } }, "invalid-input: treatment: the denominator's mean is -1"],
    [{ covariance: 1.01 }, 'invalid-input: treatment: covariance 1.01 is larger'],
    [{ covariance: NaN }, 'invalid-input: treatment has a moment that is not finite'],
    [{ accounts: 1 }, 'not-enough-data: treatment has 1 accounts'],
  ])('4.4 ratios: %j', (part, message) => {
    expect(refusal(() => ratioComparison(ratio, { ...ratio, ...part }))).toContain(message);
    expect(refusal(() => ratioEstimate({ ...ratio, ...part }, 'treatment'))).toContain(message);
  });
});
