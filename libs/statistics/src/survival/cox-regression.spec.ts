import { describe, it } from '@jest/globals';
import { coxBaseline } from './cox-baseline.js';
import type { CoxColumns } from './cox-data.js';
import { coxRegression, type CoxFit } from './cox-regression.js';
import { coxSurvival } from './cox-survival.js';
import { schoenfeldTest } from './schoenfeld-test.js';
import { complete, dataSet, expectNear, reference } from './testing/reference.js';

const r = reference('r');
const known = complete(dataSet('lung'), ['ph.ecog']);
const lung: CoxColumns = {
  time: known.time!,
  event: known.status!,
  covariates: { age: known.age!, sex: known.sex!, 'ph.ecog': known['ph.ecog']! },
};
const { id, x, z, g, weight, offset, start, time, event } = r.made;
const made: CoxColumns = { time, event, start, weights: weight, offset, strata: g, covariates: { x, z } };
const heartRows = dataSet('heart');
const heart: CoxColumns = {
  time: heartRows.stop!,
  event: heartRows.event!,
  start: heartRows.start!,
  covariates: { transplant: heartRows.transplant!, age: heartRows.age!, surgery: heartRows.surgery! },
};
const estimates = (fit: CoxFit) => fit.coefficients.map((one) => one.estimate);
const errors = (fit: CoxFit) => fit.coefficients.map((one) => one.standardError);

function expectFit(fit: CoxFit, wanted: (typeof r.cox)['lung']): void {
  expectNear(estimates(fit), wanted.estimate);
  expectNear(errors(fit), wanted.standardError);
  expectNear(fit.modelCovariance.map((row, a) => Math.sqrt(row[a]!)), wanted.model); // prettier-ignore
  expectNear([fit.nullLogLikelihood, fit.logLikelihood], wanted.logLikelihood);
  expectNear([fit.score.statistic], [wanted.score]);
  // R prints its Wald test rounded to two digits after the point where errors are robust.
  expectNear([fit.wald.statistic], [wanted.wald], fit.isRobust ? 1e-3 : 1e-7);
}

describe('1. As R’s coxph', () => {
  it('1.1 lung and heart, all statistics', () => {
    expectFit(coxRegression(lung), r.cox.lung);
    expectFit(coxRegression(lung, { ties: 'breslow' }), r.cox.lungBreslow);
    expectFit(coxRegression(heart), r.cox.heart);
  });

  it('1.2 ties, late entry, strata, weights and an offset at once', () => {
    expectFit(coxRegression(made), r.cox.madeEfron);
    expectFit(coxRegression(made, { ties: 'breslow' }), r.cox.madeBreslow);
  });

  it('1.3 robust by row and by cluster', () => {
    expectFit(coxRegression(made, { robust: true }), r.cox.madeEfronRows);
    expectFit(coxRegression({ ...made, cluster: id }), r.cox.madeEfronClusters);
    expectFit(coxRegression({ ...made, cluster: id }, { ties: 'breslow' }), r.cox.madeBreslowClusters);
    const { kidney } = r;
    const covariates = { age: kidney.age, sex: kidney.sex };
    expectFit(
      coxRegression({ time: kidney.time, event: kidney.status, covariates, cluster: kidney.id }),
      r.cox.kidneyClusters,
    );
  });

  it('1.4 strata alone', () => {
    const { veteran } = r;
    const covariates = { trt: veteran.trt, karno: veteran.karno, diagtime: veteran.diagtime };
    const fit = coxRegression({ time: veteran.time, event: veteran.status, strata: veteran.celltype, covariates });
    expectFit(fit, r.cox.veteranStrata);
  });

  it('1.5 cox.zph, by each scale of time', () => {
    const cases = [
      [lung, 'efron', r.schoenfeld.lung],
      [heart, 'efron', r.schoenfeld.heart],
      [made, 'efron', r.schoenfeld.madeEfron],
      [made, 'breslow', r.schoenfeld.madeBreslow],
    ] as const;
    for (const [columns, ties, byTransform] of cases) {
      const fit = coxRegression(columns, { ties });
      for (const [transform, wanted] of Object.entries<{ statistic: number[]; p: number[] }>(byTransform)) {
        const { covariates, global } = schoenfeldTest(columns, fit, transform as 'km');
        expectNear([...covariates, global].map((one) => one.statistic), wanted.statistic, 1e-6); // prettier-ignore
        expectNear([...covariates, global].map((one) => one.p), wanted.p, 1e-6); // prettier-ignore
      }
    }
  });

  it('1.6 survfit of a fit: predicted survival, its error and interval', () => {
    const cases = [
      [lung, 'efron', { age: 60, sex: 2, 'ph.ecog': 1 }, r.predicted.lung, 0],
      [lung, 'breslow', { age: 60, sex: 2, 'ph.ecog': 1 }, r.predicted.lungBreslow, 0],
      [made, 'efron', { x: 0.5, z: 1 }, r.predicted.made, 'b'],
    ] as const;
    for (const [columns, ties, row, wanted, stratum] of cases) {
      const fit = coxRegression(columns, { ties });
      const baseline = coxBaseline(columns, fit).find((one) => one.stratum === stratum)!;
      const predicted = coxSurvival(fit, baseline, row, wanted.time);
      for (const field of ['survival', 'standardError', 'lower', 'upper'] as const) {
        expectNear(predicted.map((one) => one![field]), wanted[field], 1e-6); // prettier-ignore
      }
      expectNear(predicted.map((one) => one!.cumulativeHazard), wanted.hazard, 1e-6); // prettier-ignore
    }
  });
});
