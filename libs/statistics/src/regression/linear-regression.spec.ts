import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectNear } from '../survival/testing/reference.js';
import { figures } from '../testing/figures.js';
import { refusal } from '../testing/refusal.js';
import { seededNormal, seededRandom } from '../testing/seeded-random.js';
import { linearRegression, type LinearColumns, type LinearFit } from './linear-regression.js';

const r = figures('regression', 'r');
const { size, visits, paid, amount, weight } = r.made as Record<string, number[]>;
const covariates = { size: size!, visits: visits!, paid: paid! };
const made: LinearColumns = { covariates, outcome: amount! };
const estimates = (fit: LinearFit) => [fit.intercept.estimate, ...fit.coefficients.map((one) => one.estimate)];
const errors = (fit: LinearFit) => [fit.intercept.standardError, ...fit.coefficients.map((one) => one.standardError)];

describe('1. As R’s lm', () => {
  it('1.1 estimates, HC2 errors, intervals and p', () => {
    const fit = linearRegression(made);
    expectNear(estimates(fit), r.linear.plain.estimate);
    expectNear(fit.covariance.flat(), r.linear.plain.HC2.flat());
    for (const field of ['lower', 'upper', 'p'] as const) {
      expectNear(fit.coefficients.map((one) => one[field]), r.linear.plain[field].slice(1)); // prettier-ignore
    }
    expectNear([fit.residualVariance, fit.degreesOfFreedom], [r.linear.plain.residualVariance, 156]);
  });

  it('1.2 errors of one size for all', () => {
    const fit = linearRegression(made, { errors: 'equal' });
    expectNear(fit.covariance.flat(), r.linear.plain.equal.flat());
    expectNear(fit.coefficients.map((one) => one.p), r.linear.plain.pEqual.slice(1)); // prettier-ignore
  });

  it('1.3 counts are rows repeated', () => {
    const fit = linearRegression({ ...made, counts: weight! });
    expectNear(estimates(fit), r.linear.counted.estimate);
    expectNear(fit.covariance.flat(), r.linear.counted.HC2.flat());
    expect(fit.degreesOfFreedom).toBe(r.linear.counted.degreesOfFreedom);
  });

  it('1.4 an intercept alone is the mean', () => {
    const fit = linearRegression({ covariates: {}, outcome: amount! });
    expectNear([fit.intercept.estimate, fit.covariance[0]![0]!], [r.linear.alone.estimate, r.linear.alone.HC2].flat());
    expectNear([fit.residualVariance], [r.linear.alone.residualVariance]);
  });
});

describe('2. Properties', () => {
  const draw = (seed: number) => {
    const random = seededRandom(seed);
    return Array.from({ length: 25 }, () => {
      const [a, b] = [seededNormal(random), Math.floor(3 * random())];
      return { a, b, y: 2 + a - 0.5 * b + (1 + b) * seededNormal(random), count: Math.floor(3 * random()) };
    });
  };
  const fitOf = (rows: ReturnType<typeof draw>, isCounted = false) =>
    linearRegression({
      covariates: { a: rows.map((one) => one.a), b: rows.map((one) => one.b) },
      outcome: rows.map((one) => one.y),
      ...(isCounted ? { counts: rows.map((one) => one.count) } : {}),
    });
  const seeds = fc.integer({ min: 1, max: 1e6 });

  it('2.1 the order of rows makes no difference; counts are repetition', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const rows = draw(seed);
        expectNear(errors(fitOf([...rows].reverse())), errors(fitOf(rows)), 1e-9);
        const repeated = fitOf(rows.flatMap((one) => Array.from({ length: one.count }, () => one)));
        expectNear([...estimates(fitOf(rows, true)), ...errors(fitOf(rows, true))], [...estimates(repeated), ...errors(repeated)], 1e-9); // prettier-ignore
      }),
      { numRuns: 20 },
    );
  });

  it('2.2 units and origins change what they must', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(1e-5, 1000), fc.constantFrom(-1e4, 1e5), (seed, unit, origin) => {
        const rows = draw(seed);
        const [here, there] = [fitOf(rows), fitOf(rows.map((one) => ({ ...one, a: unit * (one.a + origin), y: 3 * one.y - 7 })))]; // prettier-ignore
        expectNear([there.coefficients[0]!.estimate * unit, there.coefficients[0]!.standardError * unit], [3 * here.coefficients[0]!.estimate, 3 * here.coefficients[0]!.standardError], 1e-6); // prettier-ignore
        expectNear([there.coefficients[1]!.estimate], [3 * here.coefficients[1]!.estimate], 1e-6);
      }),
      { numRuns: 20 },
    );
  });

  it('2.3 one indicator is the difference of means, its HC2 error that of Welch', () => {
    const fit = linearRegression({ covariates: { on: [0, 0, 0, 1, 1] }, outcome: [1, 2, 6, 4, 9] });
    expect(fit.coefficients[0]!.estimate).toBeCloseTo(3.5, 12);
    expect(fit.coefficients[0]!.standardError).toBeCloseTo(Math.sqrt(7 / 3 + 12.5 / 2), 12);
  });

  it('2.4 an exact fit has errors of 0, and p of 0', () => {
    const fit = linearRegression({ covariates: { x: [1, 2, 3, 4] }, outcome: [3, 5, 7, 9] });
    expect(fit.coefficients[0]).toMatchObject({ standardError: 0, p: 0 });
    expect(fit.coefficients[0]!.estimate).toBeCloseTo(2, 12);
  });
});

describe('3. Refusals', () => {
  const x = [1, 2, 3, 4];
  const on = (columns: Partial<LinearColumns>, options = {}) =>
    refusal(() => linearRegression({ covariates: { x }, outcome: [1, 4, 2, 3], ...columns }, options));

  it.each([
    ['nothing', { outcome: [], covariates: {} }, {}, 'not-enough-data: outcome is empty'],
    ['as many coefficients as rows', { outcome: [1, 2], covariates: { x: [1, 2] } }, {}, 'not-enough-data: outcome has 2 rows for 2 coefficients: give at least 3'], // prettier-ignore
    ['NaN', { outcome: [1, NaN, 2, 3] }, {}, 'invalid-input: outcome[1] is NaN'],
    ['infinity', { covariates: { x: [1, Infinity, 2, 3] } }, {}, 'invalid-input: covariates.x[1] is Infinity'],
    ['lengths', { covariates: { x: [1, 2] } }, {}, 'invalid-input: covariates.x has 2 values for 4 rows'],
    ['a constant', { covariates: { x: [2, 2, 2, 2] } }, {}, 'collinear: x is the same in all rows'],
    ['collinear', { covariates: { x, z: [2, 4, 6, 8] } }, {}, 'collinear: z is a linear combination of x'],
    ['counts of 0', { counts: [0, 0, 0, 0] }, {}, 'not-enough-data: All counts are 0'],
    ['errors', {}, { errors: 'HC9' }, 'invalid-input: errors is HC9: give HC2 or equal'],
    ['confidence', {}, { confidence: 1 }, 'invalid-input: confidence is 1'],
  ])('3.1 %s', (_, columns, options, message) => expect(on(columns, options)).toContain(message));
});
