import { describe, expect, it } from '@jest/globals';
import { expectNear } from '../survival/testing/reference.js';
import { figures } from '../testing/figures.js';
import { refusal } from '../testing/refusal.js';
import { betaGeometricSum } from './beta-geometric-sum.js';
import { contractValue, sequenceContractValue } from './contract-value.js';
import { discountedLifetime } from './discounted-lifetime.js';
import { renewalCounts } from './renewal-counts.js';
import { retentionForecast } from './retention-forecast.js';
import { shiftedBetaGeometric } from './shifted-beta-geometric.js';

const py = figures('retention', 'py');
const fitOf = (name: string) => shiftedBetaGeometric(renewalCounts(py.cases[name]));
const fader = fitOf('fader');
const geometric = shiftedBetaGeometric(renewalCounts([[1000, 900, 800, 690, 570]]));

describe('1. Discounted lifetime', () => {
  it('1.1 2F1(1, b; c; z) as mpmath’s, to 10 digits', () => {
    for (const [b, c, z, wanted] of py.sums) expectNear([betaGeometricSum(b, c, z)], [wanted], 1e-10);
  });

  it.each(['fader', 'regular', 'cohorts'])('1.2 %s: DEL and DERL with errors and log intervals', (name) => {
    const fit = fitOf(name);
    for (const { discount, active, terms, value } of py.lifetimes[name]) {
      const got = discountedLifetime(fit, { discount, active, ...(terms === null ? {} : { terms }) });
      expectNear([got.estimate, got.standardError, got.lower, got.upper], value, 1e-6);
    }
  });

  it('1.3 so many terms that no more matter: the closed form; the geometric’s is 1/(1 - r/(1 + d))', () => {
    for (const fit of [fader, geometric]) {
      for (const active of [0, 3]) {
        const [ended, endless] = [discountedLifetime(fit, { discount: 0.2, active, terms: 400 }), discountedLifetime(fit, { discount: 0.2, active })]; // prettier-ignore
        expectNear(Object.values(ended), Object.values(endless), 1e-9);
      }
    }
    const { estimate } = discountedLifetime(geometric, { discount: 0.1 });
    expect(estimate).toBeCloseTo(1 / (1 - (1 - geometric.churn) / 1.1), 10);
  });

  it('1.4 the longer an account has stayed, the more lies before it; not so if all have one chance', () => {
    const residual = (fit: typeof fader) => [1, 2, 5, 10].map((active) => discountedLifetime(fit, { discount: 0.1, active }).estimate); // prettier-ignore
    const [rising, flat] = [residual(fader), residual(geometric)];
    expect([...rising].sort((a, b) => a - b)).toEqual(rising);
    expectNear(flat, Array(4).fill(flat[0]), 1e-12);
  });

  it('1.5 undiscounted: finite for α > 1 alone', () => {
    const steady = fitOf('steady');
    expect(steady.alpha).toBeGreaterThan(1);
    expect(discountedLifetime(steady, { discount: 0 }).estimate).toBeCloseTo((steady.concentration - 1) / (steady.alpha - 1), 9); // prettier-ignore
    expect(refusal(() => discountedLifetime(fader, { discount: 0 }))).toContain('the sum has no end');
    expect(discountedLifetime(fader, { discount: 0, terms: 1 }).estimate).toBe(1);
  });
});

describe('2. Contract value', () => {
  it('2.1 margin times discounted lifetime; growth lowers the discount', () => {
    const plain = contractValue(fader, { margin: 1200, discount: 0.1 });
    const lifetime = discountedLifetime(fader, { discount: 0.1 });
    expectNear(Object.values(plain), Object.values(lifetime).map((one) => 1200 * one), 1e-12); // prettier-ignore
    const grown = contractValue(fader, { margin: 1200, discount: 0.21, growth: 0.1, active: 2 });
    expectNear([grown.estimate], [1200 * discountedLifetime(fader, { discount: 0.1, active: 2 }).estimate], 1e-12);
  });

  it('2.2 an unsure margin widens the interval, by the sum of relative variances', () => {
    const [sure, unsure] = [0, 120].map((marginError) => contractValue(fader, { margin: 1200, marginError, discount: 0.1 })); // prettier-ignore
    const relative = ({ standardError, estimate }: { standardError: number; estimate: number }) => standardError / estimate; // prettier-ignore
    expectNear([relative(unsure!)], [Math.hypot(relative(sure!), 0.1)], 1e-12);
    expect(unsure!.lower).toBeLessThan(sure!.lower);
  });

  it('2.3 from any survival sequence: the model’s own gives the model’s value', () => {
    const curve = retentionForecast(fader, { renewals: 19 }).map(({ survival }) => survival);
    const of = (field: 'estimate' | 'lower' | 'upper') => [1, ...curve.map((one) => one[field])];
    const options = { margin: 1200, discount: 0.1, growth: 0.05 };
    const value = sequenceContractValue({ survival: of('estimate'), lower: of('lower'), upper: of('upper') }, options);
    const own = contractValue(fader, { ...options, terms: 20 });
    expectNear([value.estimate, value.terms], [own.estimate, 20], 1e-12);
    expect(value.lower! < own.lower && value.upper! > own.upper).toBe(true);
    expect(sequenceContractValue({ survival: [1, 0.5] }, { margin: 10, discount: 0 })).toEqual({ estimate: 15, lower: null, upper: null, terms: 2 }); // prettier-ignore
  });
});

describe('3. Refusals', () => {
  it.each([
    [{ margin: 0 }, 'invalid-input: margin is 0'],
    [{ margin: NaN }, 'invalid-input: margin is NaN'],
    [{ margin: 1, marginError: -1 }, 'invalid-input: margin is 1 with marginError -1'],
    [{ discount: -1 }, 'invalid-input: discount is -1'],
    [{ discount: NaN }, 'invalid-input: discount is NaN'],
    [{ growth: Infinity }, 'invalid-input: growth is Infinity'],
    [{ growth: 0.1 }, 'the sum has no end'],
    [{ growth: 0.5, active: 3 }, 'the sum has no end'],
    [{ active: 1.5 }, 'invalid-input: active is 1.5'],
    [{ terms: 0 }, 'invalid-input: terms is 0'],
    [{ terms: NaN }, 'invalid-input: terms is NaN'],
    [{ growth: 1e300, terms: 1000 }, 'too large to hold'],
    [{ confidence: 0 }, 'invalid-input: confidence is 0'],
    [{ discount: 1e-16 }, 'invalid-input: Discount less growth'],
  ])('3.1 %j', (part, message) => {
    expect(refusal(() => contractValue(fader, { margin: 100, discount: 0.1, ...part }))).toContain(message);
  });

  it.each([
    [[], 'not-enough-data: survival is empty'],
    [[1, 1.1], 'invalid-input: survival[1] is 1.1'],
    [[0.5, 0.6], 'invalid-input: survival[1] is 0.6'],
    [[1, -0.1], 'invalid-input: survival[1] is -0.1'],
    [[1, NaN], 'invalid-input: survival[1] is NaN'],
  ])('3.2 sequence %j', (survival, message) => {
    expect(refusal(() => sequenceContractValue({ survival }, { margin: 1, discount: 0.1 }))).toContain(message);
  });
});
