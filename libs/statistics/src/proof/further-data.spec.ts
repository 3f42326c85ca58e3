import { describe, expect, it } from '@jest/globals';
import * as statistics from '../index.js';
import type { CoxColumns, CoxFit } from '../index.js';
import { furtherData } from '../testing/figures.js';
import { expectNear } from '../survival/testing/reference.js';

const { shares, sets } = furtherData();

function read(name: string) {
  const { data: d, names, row, stratum, ...wanted } = sets[name];
  const rows = { time: d.time, event: d.event, ...(d.start ? { start: d.start } : {}) };
  const covariates: Record<string, number[]> = Object.fromEntries((names as string[]).map((one) => [one, d[one]]));
  const columns: CoxColumns = { ...rows, covariates, strata: d.s, offset: d.offset, weights: d.weight };
  return { d, rows, covariates, columns, row, stratum, wanted };
}

function expectCox(
  fit: CoxFit,
  wanted: { estimate: number[]; covariance: number[][]; logLikelihood: number[]; score: number },
) {
  // prettier-ignore
  expectNear(fit.coefficients.map((one) => one.estimate), wanted.estimate, 1e-7); // prettier-ignore
  expectNear(fit.covariance.flat(), wanted.covariance.flat(), 1e-6);
  expectNear([fit.nullLogLikelihood, fit.logLikelihood, fit.score.statistic], [...wanted.logLikelihood, wanted.score], 1e-8); // prettier-ignore
}

/** Places of R's times in ours: of those who enter late R leaves out times at which people only come and go. */
function placesOf(time: Float64Array, wanted: number[]): number[] {
  const places = wanted.map((one) => time.findIndex((at) => Math.abs(at - one) < 1e-9));
  expect(places).not.toContain(-1);
  return places;
}

describe.each(['transplant', 'channing', 'diabetic', 'periods'])('%s, as R has it', (name) => {
  const { d, rows, covariates, columns, row, stratum, wanted } = read(name);

  it.each(['log-log', 'log', 'plain'] as const)(
    '1. bounds at every time, and eight quantiles with theirs: %s',
    (transform) => {
      // prettier-ignore
      const curve = statistics.kaplanMeier(rows, { transform });
      const { time, lower, upper, quantiles } = wanted.curves[transform];
      placesOf(curve.time, time).forEach((j, k) => {
        const share = curve.survival[j]!;
        if (share > 0 && share < 1) expectNear([curve.lower[j]!, curve.upper[j]!], [lower[k], upper[k]], 1e-8);
      });
      const found = (shares as number[]).map((share) => statistics.survivalQuantile(curve, share));
      expect(found.map((one) => one.estimate)).toEqual(quantiles.quantile);
      expect(found.map((one) => one.lower)).toEqual(quantiles.lower);
      expect(found.map((one) => one.upper)).toEqual(quantiles.upper);
    },
  );

  it.each(['efron', 'breslow'] as const)(
    '2. survival predicted by a fit with weights, offset and strata: %s',
    (ties) => {
      // prettier-ignore
      const { cox, time, ...curve } = wanted.predicted[ties];
      const fit = statistics.coxRegression(columns, { ties });
      expectCox(fit, cox);
      const baseline = statistics.coxBaseline(columns, fit).find((one) => String(one.stratum) === String(stratum))!;
      const found = statistics.coxSurvival(fit, baseline, row, time).map((one) => one!);
      for (const field of ['survival', 'standardError', 'lower', 'upper'] as const)
      expectNear(found.map((one) => one[field]), curve[field], 1e-6); // prettier-ignore
    },
  );

  it('3. errors by account, and cox.zph by the logarithm of time', () => {
    expectCox(statistics.coxRegression({ ...columns, cluster: d.id }), wanted.clusters);
    const plain = { ...rows, covariates };
    const { covariates: each, global } = statistics.schoenfeldTest(plain, statistics.coxRegression(plain), 'log');
    expectNear([...each, global].map((one) => one.statistic), wanted.zph, 1e-6); // prettier-ignore
  });

  it('4. incidences of all causes at every time, errors by the jackknife', () => {
    const found = statistics.aalenJohansen({ time: d.time, start: d.start, cause: d.cause }, { errors: 'jackknife' });
    const { time, incidence, standardError } = wanted.causes;
    placesOf(found.time, time).forEach((j, k) => {
      expectNear(found.causes.map((one) => one.incidence[j]!), incidence[k].slice(1), 1e-8); // prettier-ignore
      expectNear(found.causes.map((one) => one.standardError[j]!), standardError[k].slice(1), 1e-7); // prettier-ignore
    });
  });

  it('5. concordance, weighted, and Uno’s over all of follow-up', () => {
    const pair = (one: { concordance: number; standardError: number }) => [one.concordance, one.standardError];
    const scored = { ...rows, risk: d.score };
    expectNear(pair(statistics.harrellConcordance({ ...scored, weights: d.weight })), pair(wanted.harrell), 1e-7);
    if (!d.start) expectNear(pair(statistics.unoConcordance(scored)), pair(wanted.uno), 1e-7);
  });
});
