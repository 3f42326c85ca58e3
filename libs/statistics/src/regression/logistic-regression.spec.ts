import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { discreteHazard } from '../survival/discrete-hazard.js';
import { expectNear } from '../survival/testing/reference.js';
import { figures } from '../testing/figures.js';
import { refusal } from '../testing/refusal.js';
import { seededRandom } from '../testing/seeded-random.js';
import { logisticPredictions, logisticProbabilities } from './logistic-prediction.js';
import { logisticRegression, type LogisticFit } from './logistic-regression.js';
import type { LogisticColumns } from './logistic-rows.js';

const r = figures('regression', 'r');
const py = figures('regression', 'py');
const { size, visits, paid, y, weight, offset } = r.made as Record<string, number[]>;
const covariates = { size: size!, visits: visits!, paid: paid! };
const made: LogisticColumns = { covariates, events: y! };
const estimates = (fit: LogisticFit) => [fit.intercept.estimate, ...fit.coefficients.map((one) => one.estimate)];
const errors = (fit: LogisticFit) => [fit.intercept.standardError, ...fit.coefficients.map((one) => one.standardError)];
const weighted = (one: number[], by: number[]) => one.map((value, i) => value * by[i]!);

function expectFit(
  fit: LogisticFit,
  wanted: { estimate: number | number[]; covariance: number[][] | number[]; logLikelihood: number },
): void {
  // prettier-ignore
  expectNear(estimates(fit), [wanted.estimate].flat());
  // R's covariance is of the weights one step before its last.
  expectNear(fit.covariance.flat(), (wanted.covariance as number[][]).flat(), 1e-6);
  expectNear([fit.logLikelihood], [wanted.logLikelihood]);
}

describe('1. As R’s glm', () => {
  it('1.1 plain, with the null log-likelihood and its test', () => {
    const fit = logisticRegression(made);
    expectFit(fit, r.logistic.plain);
    expectNear([fit.nullLogLikelihood], [r.logistic.nullLogLikelihood]);
    expect(fit.likelihoodRatio).toMatchObject({ degreesOfFreedom: 3 });
    expect(fit.effectiveParameters).toBeCloseTo(4, 9);
  });

  it('1.2 with an offset, and with counts', () => {
    expectFit(logisticRegression({ ...made, offset }), r.logistic.offset);
    const counted = { covariates, events: weighted(y!, weight!), trials: weight!, offset: offset! };
    expectFit(logisticRegression(counted), r.logistic.weights);
  });

  it('1.3 an intercept alone: the share’s log odds', () => {
    const fit = logisticRegression({ covariates: {}, events: y! });
    expectFit(fit, r.logistic.alone);
    const share = y!.reduce((sum, one) => sum + one, 0) / y!.length;
    expect(logisticProbabilities(fit, {})[0]).toBeCloseTo(share, 12);
  });

  it('1.4 predictions with intervals, whatever the order of the names', () => {
    const rows = { paid: [1, 0, 1], size: [10, 55, 400], visits: [0, 3, 9] };
    const predicted = logisticPredictions(logisticRegression(made), rows);
    for (const field of ['probability', 'lower', 'upper'] as const) {
      expectNear(predicted.map((one) => one[field]), r.predicted[field]); // prettier-ignore
    }
  });
});

describe('1b. Errors by cluster', () => {
  const { cluster } = r.made as { cluster: number[] };
  it('1b.1 as R’s sandwich, with an offset too, and of an intercept alone', () => {
    for (const [columns, wanted] of [
      [made, r.clustered.plain],
      [{ ...made, offset }, r.clustered.offset],
      [{ covariates: {}, events: y! }, r.clustered.alone],
    ] as const) {
      // prettier-ignore
      expectNear(logisticRegression({ ...columns, cluster }).covariance.flat(), [wanted].flat(2), 1e-6);
    }
  });

  it('1b.2 each line three times over in its own cluster tells nothing new, and estimates stay', () => {
    const three = <T>(column: readonly T[]): T[] => column.flatMap((one) => [one, one, one]);
    const thrice = { covariates: { size: three(size!), visits: three(visits!), paid: three(paid!) }, events: three(y!), cluster: three(cluster) }; // prettier-ignore
    expectNear(logisticRegression(thrice).covariance.flat(), logisticRegression({ ...made, cluster }).covariance.flat(), 1e-6); // prettier-ignore
    expectNear(estimates(logisticRegression({ ...made, cluster }, { ridge: 2 })), estimates(logisticRegression(made, { ridge: 2 }))); // prettier-ignore
  });

  it('1b.3 lines without trials are of nobody; too few clusters are refused', () => {
    const empty = { covariates: { size: [...size!, 9], visits: [...visits!, 9], paid: [...paid!, 1] }, events: [...y!, 0], trials: [...y!.map(() => 1), 0], cluster: [...cluster, 'x'] }; // prettier-ignore
    expectNear(logisticRegression(empty).covariance.flat(), [r.clustered.plain].flat(2), 1e-6);
    expect(refusal(() => logisticRegression({ ...made, cluster: y! }))).toMatch(/^not-enough-data: 2 clusters/);
  });
});

describe('2. Penalties, as a general optimiser finds them', () => {
  const cases = { ridge5: { ridge: 5 }, prior: { prior: { size: { mean: 0.001, standardDeviation: 0.002 }, visits: { mean: 0.5, standardDeviation: 0.1 } } } }; // prettier-ignore
  it.each(Object.entries(cases))('2.1 %s', (name, penalty) => {
    const fit = logisticRegression(made, penalty);
    expectNear(estimates(fit), py[name].estimate, 1e-6);
    expectNear(errors(fit), py[name].standardError, 1e-6);
    expectNear([fit.effectiveParameters], [py[name].effective], 1e-6);
    expect(fit.likelihoodRatio).toBeNull();
  });

  it('2.2 a weak ridge is none; a strong one leaves the share alone', () => {
    expectNear(estimates(logisticRegression(made, { ridge: 1e-9 })), estimates(logisticRegression(made)), 1e-6);
    const strong = logisticRegression(made, { ridge: 1e9 });
    expect(strong.effectiveParameters).toBeCloseTo(1, 5);
    expect(strong.intercept.estimate).toBeCloseTo(r.logistic.alone.estimate, 5);
  });

  it('2.3 separated and collinear covariates get finite estimates', () => {
    const one = [0, 0, 0, 1, 1, 1];
    const fit = logisticRegression({ covariates: { one, same: one }, events: one }, { ridge: 0.1 });
    expect(fit.coefficients[0]!.estimate).toBeCloseTo(fit.coefficients[1]!.estimate, 9);
    expect(fit.coefficients[0]!.estimate).toBeGreaterThan(1);
  });
});

describe('3. Properties', () => {
  const draw = (seed: number, rows = 60) => {
    const random = seededRandom(seed);
    const columns = Array.from({ length: rows }, () => ({
      a: Math.round(10 * random()) / 10,
      b: Math.floor(3 * random()),
      count: Math.floor(3 * random()) + 1,
    }));
    return columns.map((one) => ({ ...one, y: random() < 0.25 + 0.4 * one.a ? 1 : 0 }));
  };
  const fitOf = (rows: ReturnType<typeof draw>, options = {}) =>
    logisticRegression({ covariates: { a: rows.map((one) => one.a), b: rows.map((one) => one.b) }, events: rows.map((one) => one.y) }, options); // prettier-ignore
  const seeds = fc.integer({ min: 1, max: 1e6 });

  it('3.1 the order of rows makes no difference', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const rows = draw(seed);
        const turned = [...rows.slice(17), ...rows.slice(0, 17)].reverse();
        expectNear(estimates(fitOf(turned)), estimates(fitOf(rows)), 1e-8);
      }),
      { numRuns: 20 },
    );
  });

  it('3.2 trials count as repetition', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const rows = draw(seed);
        const repeated = fitOf(rows.flatMap((one) => Array.from({ length: one.count }, () => one)), { ridge: 0.5 }); // prettier-ignore
        const trials = rows.map((one) => one.count);
        const columns = { covariates: { a: rows.map((one) => one.a), b: rows.map((one) => one.b) }, events: rows.map((one) => one.y * one.count), trials }; // prettier-ignore
        const counted = logisticRegression(columns, { ridge: 0.5 });
        expectNear(estimates(counted), estimates(repeated), 1e-8);
        expectNear(errors(counted), errors(repeated), 1e-8);
      }),
      { numRuns: 20 },
    );
  });

  it('3.3 a covariate’s unit and origin change its coefficient only, under a ridge too', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.constantFrom(1e-6, 0.01, 1000, 1e7),
        fc.constantFrom(-1e4, 0, 3, 1e5),
        (seed, unit, origin) => {
          const rows = draw(seed);
          const moved = rows.map((one) => ({ ...one, a: origin * unit + one.a * unit }));
          const [here, there] = [fitOf(rows, { ridge: 1 }), fitOf(moved, { ridge: 1 })];
          expectNear([there.coefficients[0]!.estimate * unit, there.coefficients[1]!.estimate, there.logLikelihood], [here.coefficients[0]!.estimate, here.coefficients[1]!.estimate, here.logLikelihood], 1e-5); // prettier-ignore
        },
      ),
      { numRuns: 20 },
    );
  });

  it('3.4 one indicator is the log odds ratio of the table', () => {
    fc.assert(
      fc.property(fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 1, max: 500 }))), ([a, b, c, d]) => {
        const fit = logisticRegression({ covariates: { on: [0, 1] }, events: [a!, c!], trials: [a! + b!, c! + d!] });
        expect(fit.coefficients[0]!.estimate).toBeCloseTo(Math.log((c! * b!) / (d! * a!)), 8);
        expect(fit.coefficients[0]!.standardError).toBeCloseTo(Math.sqrt(1 / a! + 1 / b! + 1 / c! + 1 / d!), 8);
      }),
      // Newton's first step from the common rate overshoots into the flat.
      { examples: [[[398, 1, 1, 9]], [[500, 1, 1, 500]], [[1, 500, 500, 1]]] },
    );
  });

  it('3.5 it is the discrete-time hazard of one period', () => {
    const fit = discreteHazard({ covariates, events: y! }, { link: 'logit' });
    expectNear(fit.coefficients.map((one) => one.estimate), estimates(logisticRegression(made)).slice(1), 1e-9); // prettier-ignore
  });
});

describe('4. Refusals', () => {
  const one = [0, 0, 1, 1, 0, 1];
  const x = [1, 2, 3, 4, 5, 7];
  const on = (columns: Partial<LogisticColumns>, options = {}) =>
    refusal(() => logisticRegression({ covariates: { x }, events: one, ...columns }, options));

  it.each([
    ['nothing', { events: [], covariates: { x: [] } }, {}, 'not-enough-data: events is empty'],
    ['one outcome', { events: [0, 0, 0, 0, 0, 0] }, {}, 'not-enough-data: events: none of 6 trials had one'],
    ['NaN', { covariates: { x: [1, NaN, 3, 4, 5, 6] } }, {}, 'invalid-input: covariates.x[1] is NaN'],
    ['infinity', { events: [0, 1, Infinity, 0, 0, 1] }, {}, 'invalid-input: events[2] is Infinity'],
    ['more events than trials', { trials: [1, 1, 0, 1, 1, 1] }, {}, 'invalid-input: events[2] is 1 of 0 trials'],
    ['no trials', { trials: [0, 0, 0, 0, 0, 0] }, {}, 'not-enough-data: All trials are 0'],
    ['lengths', { covariates: { x: [1, 2] } }, {}, 'invalid-input: covariates.x has 2 values for 6 rows'],
    ['a constant', { covariates: { x: [2, 2, 2, 2, 2, 2] } }, {}, 'collinear: x is the same in all rows'],
    ['collinear', { covariates: { x, y: x.map((v) => 3 - 2 * v) } }, {}, 'collinear: y is a linear combination of x'],
    ['separation', { covariates: { x: [1, 2, 5, 6, 3, 9] } }, {}, 'separation: The estimate for x lies at infinity'],
    ['quasi-separation', { covariates: { x: [0, 0, 1, 1, 0, 0] } }, {}, 'separation: The estimate for x'],
    ['ridge', {}, { ridge: -1 }, 'invalid-input: ridge is -1'],
    ['two penalties', {}, { ridge: 1, prior: {} }, 'invalid-input: ridge and prior are both given'],
    ['a prior of nothing', {}, { prior: { z: { standardDeviation: 1 } } }, 'invalid-input: prior.z is of no covariate'],
    ['a prior of no width', {}, { prior: { x: { standardDeviation: 0 } } }, 'invalid-input: prior.x has mean 0'],
    ['confidence', {}, { confidence: 95 }, 'invalid-input: confidence is 95'],
  ])('4.1 %s', (_, columns, options, message) => expect(on(columns, options)).toContain(message));

  it('4.2 predictions for other covariates', () => {
    const fit = logisticRegression({ covariates: { x }, events: one });
    expect(refusal(() => logisticProbabilities(fit, { z: x }))).toContain('covariates are z: give those of the fit: x');
  });
});
