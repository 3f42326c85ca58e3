import { describe, expect, it } from '@jest/globals';
import { expectNear } from '../survival/testing/reference.js';
import { figures } from '../testing/figures.js';
import { refusal } from '../testing/refusal.js';
import { seededNormal, seededRandom } from '../testing/seeded-random.js';
import { cusumChart, cusumStep, CUSUM_START } from './cusum-chart.js';
import { cusumRunLength, cusumThreshold, siegmundRunLength } from './cusum-run-length.js';
import { ewmaChart, ewmaLimits } from './ewma-chart.js';
import { ewmaRunLength, ewmaWidth } from './ewma-run-length.js';
import { gaussLegendre } from './gauss-legendre.js';

const py = figures('monitoring', 'py');
const handbook = { target: 50, sigma: 2.0539, lambda: 0.3, width: 3 };
/** NIST/SEMATECH e-Handbook, 6.3.2.4: looks, and the averages it prints. */
const looks = [52, 47, 53, 49.3, 50.1, 47, 51, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]; // prettier-ignore
const printed = [50.6, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33, 50.11, 49.36, 49.52, 50.05, 49.38, 49.92, 50.73, 51.23, 51.94, 51.99]; // prettier-ignore

describe('1. The figures of methods.md', () => {
  it('1.1 EWMA, NIST handbook: limits 52.5884 and 47.4116, averages as printed', () => {
    const { lower, upper } = ewmaLimits(handbook);
    expect([upper.toFixed(4), lower.toFixed(4)]).toEqual(['52.5884', '47.4116']);
    const { points } = ewmaChart(looks, handbook);
    points.forEach(({ average }, t) => expect(Math.abs(average - printed[t]!)).toBeLessThan(0.00501));
    expect(points.some(({ isOutside }) => isOutside)).toBe(false);
  });

  it('1.2 CUSUM k .5 h 4: average run length 167.7 in control, 8.38 at one sigma', () => {
    const design = { reference: 0.5, threshold: 4 };
    expect([cusumRunLength(design).toFixed(1), cusumRunLength(design, 1).toFixed(2)]).toEqual(['167.7', '8.38']);
  });
});

describe('2. Run lengths', () => {
  it('2.1 CUSUM as Brook & Evans’s Markov chain, extrapolated: one side and both', () => {
    for (const [reference, threshold, shift, upper, both] of py.cusum) {
      const design = { reference, threshold };
      expectNear([cusumRunLength({ ...design, sides: 'upper' }, shift), cusumRunLength(design, shift)], [upper, both], 1e-6); // prettier-ignore
      expect(cusumRunLength({ ...design, sides: 'lower' }, -shift)).toBeCloseTo(cusumRunLength({ ...design, sides: 'upper' }, shift), 9); // prettier-ignore
    }
  });

  it('2.2 EWMA as Lucas & Saccucci’s Markov chain, extrapolated', () => {
    for (const [lambda, width, shift, wanted] of py.ewma) expectNear([ewmaRunLength({ lambda, width }, shift)], [wanted], 1e-5); // prettier-ignore
  });

  it('2.3 λ 1 and a CUSUM with hardly a threshold are single looks: 1 over the chance of one outside', () => {
    expectNear([ewmaRunLength({ lambda: 1, width: 3 })], [1 / 0.002699796063260207], 1e-9);
    expectNear([cusumRunLength({ reference: 3, threshold: 1e-9 })], [1 / 0.002699796063260207], 1e-6);
  });

  it('2.4 Siegmund’s approximation is near: within 3 % in control, 5 % at one sigma; no jump where δ = k', () => {
    for (const threshold of [4, 5, 8]) {
      const design = { reference: 0.5, threshold };
      expect(Math.abs(siegmundRunLength(design) / cusumRunLength(design) - 1)).toBeLessThan(0.03);
      expect(Math.abs(siegmundRunLength(design, 1) / cusumRunLength(design, 1) - 1)).toBeLessThan(0.05);
      const upper = { ...design, sides: 'upper' } as const;
      expectNear([siegmundRunLength(upper, 0.5 + 1e-7), siegmundRunLength(upper, 0.5 + 1e-5)], Array(2).fill((threshold + 1.166) ** 2), 1e-4); // prettier-ignore
    }
  });

  it('2.5 the inverse: threshold and width for a wanted run length', () => {
    expect(cusumThreshold(167.68378881361113)).toBeCloseTo(4, 6);
    expect(cusumThreshold(335.36757762722226, { sides: 'upper' })).toBeCloseTo(4, 6);
    expect(ewmaWidth(370.3983473448685, { lambda: 1 })).toBeCloseTo(3, 6);
    for (const wanted of [20, 365, 5000]) {
      expectNear([cusumRunLength({ threshold: cusumThreshold(wanted) })], [wanted], 1e-7);
      expectNear([ewmaRunLength({ width: ewmaWidth(wanted) })], [wanted], 1e-7);
    }
  });

  it('2.6 as simulated', () => {
    const random = seededRandom(21);
    let looksUntil = 0;
    for (let run = 0; run < 2000; run++) {
      for (let state = CUSUM_START; state.upper <= 4 && state.lower <= 4; looksUntil++) state = cusumStep(state, 1 + seededNormal(random), 0.5); // prettier-ignore
    }
    // 5 of its standard errors.
    expect(Math.abs(looksUntil / 2000 - 8.3831)).toBeLessThan(0.55);
  });

  it('2.7 quadrature: exact for polynomials of degree 2 n - 1', () => {
    const { nodes, weights } = gaussLegendre(5, -1, 3);
    const integral = nodes.reduce((sum, x, j) => sum + weights[j]! * x ** 9, 0);
    expect(integral).toBeCloseTo((3 ** 10 - 1) / 10, 9);
  });
});

describe('3. Charts', () => {
  it('3.1 exact limits are narrower at first and end as the steady ones', () => {
    const { points } = ewmaChart(looks, { ...handbook, limits: 'exact' });
    expect(points[0]!.upper).toBeCloseTo(50 + 3 * 0.3 * 2.0539, 10);
    expect(points[19]!.upper).toBeCloseTo(ewmaLimits(handbook).upper, 4);
    expect(points.every(({ upper }, t) => t === 0 || upper > points[t - 1]!.upper)).toBe(true);
  });

  it('3.2 a CUSUM finds a shift, its side and about when it began, and rings once', () => {
    const random = seededRandom(4);
    const values = Array.from({ length: 60 }, (_, t) => 20 + 2 * seededNormal(random) - (t >= 40 ? 3 : 0));
    const { alarms, states, runLength } = cusumChart(values, { target: 20, sigma: 2, threshold: 5 });
    expect(alarms).toHaveLength(1);
    expect(alarms[0]).toMatchObject({ side: 'lower' });
    expect(alarms[0]!.at).toBeGreaterThan(40);
    expect(Math.abs(alarms[0]!.since - 40)).toBeLessThanOrEqual(2);
    expect(states).toHaveLength(60);
    expect(runLength).toBeCloseTo(465.4, 1);
    expect(cusumChart(values, { target: 20, sigma: 2, threshold: 5, sides: 'upper' }).alarms).toEqual([]);
  });

  it('3.3 units and direction: values in other units or turned round ring the same', () => {
    const random = seededRandom(9);
    const values = Array.from({ length: 80 }, (_, t) => seededNormal(random) + (t > 50 ? 1.5 : 0));
    const plain = cusumChart(values, { target: 0, sigma: 1, threshold: 4 }).alarms;
    const turned = cusumChart(values.map((x) => 7 - 10 * x), { target: 7, sigma: 10, threshold: 4 }).alarms; // prettier-ignore
    expect(turned).toEqual(plain.map((one) => ({ ...one, side: one.side === 'upper' ? 'lower' : 'upper' })));
    expect(plain.length).toBeGreaterThan(0);
  });

  it('3.4 nothing to look at: no points, no alarms, and the run length all the same', () => {
    expect(cusumChart([], { target: 0, sigma: 1, threshold: 4 })).toMatchObject({ states: [], alarms: [] });
    expect(ewmaChart([], { target: 0, sigma: 1 }).points).toEqual([]);
  });
});

describe('4. Refusals', () => {
  const cusum = { target: 0, sigma: 1, threshold: 4 };
  it.each([
    [() => cusumChart([1, NaN], cusum), 'invalid-input: values[1] is NaN'],
    [() => cusumChart([1], { ...cusum, sigma: 0 }), 'invalid-input: target is 0 and sigma 0'],
    [() => cusumChart([1], { ...cusum, threshold: 0 }), 'invalid-input: reference is 0.5 and threshold 0'],
    [() => cusumRunLength({ threshold: 4, reference: -1 }), 'invalid-input: reference is -1'],
    [() => cusumRunLength({ threshold: 51 }), 'invalid-input: reference is 0.5 and threshold 51'],
    [() => cusumRunLength({ threshold: 4 }, NaN), 'invalid-input: shift is NaN'],
    [() => cusumRunLength({ threshold: 40 }), 'no-convergence: The run length is beyond'],
    [() => cusumThreshold(1), 'invalid-input: runLength is 1'],
    [() => cusumThreshold(2, { reference: 3 }), 'invalid-input: runLength is 2: limits from 0 to 50'],
    [() => ewmaChart([Infinity], { target: 0, sigma: 1 }), 'invalid-input: values[0] is Infinity'],
    [() => ewmaChart([1], { target: NaN, sigma: 1 }), 'invalid-input: target is NaN'],
    [() => ewmaLimits({ target: 0, sigma: 1 }, 0), 'invalid-input: time is 0'],
    [() => ewmaRunLength({ lambda: 0 }), 'invalid-input: lambda is 0'],
    [() => ewmaRunLength({ width: 9 }), 'no-convergence'],
    [() => ewmaWidth(NaN), 'invalid-input: runLength is NaN'],
  ])('4.1 %#', (call, message) => {
    expect(refusal(call)).toContain(message);
  });
});
