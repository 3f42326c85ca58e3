import { describe, expect, it } from '@jest/globals';
import * as statistics from '../index.js';
import type { CoxColumns, CoxFit } from '../index.js';
import { drawnData } from '../testing/figures.js';
import { expectNear } from '../survival/testing/reference.js';

const { sets, public: trials } = drawnData();
const { survivalAt, kaplanMeier, coxRegression, schoenfeldTest } = statistics;
const column = (value: number | number[]): number[] => (Array.isArray(value) ? value : [value]);
type Curve = { time: number[]; survival: number[]; standardError: number[]; atRisk: number[] };

/** R gives no error where the curve is at 0, and none is to be had where it is at 1. */
const between = (survival: readonly number[]) => survival.map((one) => one > 1e-9 && one < 1);
/** The file has eleven digits. */
const rounded = (times: readonly (number | null)[]) => times.map((one) => one && Number(one.toFixed(8)));
const chosen = (values: ArrayLike<number>, keep: boolean[]) => Array.from(values).filter((_, i) => keep[i]);
const estimates = (fit: CoxFit) => fit.coefficients.map((one) => one.estimate);

function expectCox(fit: CoxFit, wanted: Record<'estimate' | 'covariance' | 'logLikelihood' | 'score', never>): void {
  expectNear(estimates(fit), wanted.estimate, 1e-6);
  expectNear(fit.covariance.flat(), (wanted.covariance as number[][]).flat(), 1e-5);
  expectNear([fit.nullLogLikelihood, fit.logLikelihood], wanted.logLikelihood);
  expectNear([fit.score.statistic], column(wanted.score), 1e-6);
}

describe('1. Sixteen drawn data sets, as R has them', () => {
  for (const [k, set] of sets.entries()) {
    const d = set.data;
    const rows = { time: d.time, event: d.event };
    const late = { ...rows, start: d.start };
    const covariates = { x: d.x, z: d.z };
    const full: CoxColumns = { ...late, covariates, strata: d.s, offset: d.offset, weights: d.weight };

    it(`1.${k + 1}.1 curves, quantiles, hazards, restricted mean`, () => {
      const logLog = set.curves['log-log'].curve;
      const inside = between(logLog.survival);
      for (const transform of ['log-log', 'log', 'plain'] as const) {
        const curve = kaplanMeier(rows, { transform });
        const { curve: wanted, quantiles } = set.curves[transform];
        expectNear(curve.survival, logLog.survival);
        expectNear(curve.atRisk, logLog.atRisk);
        expectNear(chosen(curve.standardError, inside), chosen(logLog.standardError, inside));
        expectNear(chosen(curve.lower, inside), chosen(wanted.lower, inside));
        expectNear(chosen(curve.upper, inside), chosen(wanted.upper, inside));
        const found = [0.1, 0.25, 0.5, 0.75].map((p) => statistics.survivalQuantile(curve, p).estimate);
        expect(rounded(found)).toEqual(rounded(quantiles.quantile));
      }
      for (const ties of ['none', 'split'] as const) {
        const { cumulativeHazard, standardError } = statistics.nelsonAalen(rows, { ties });
        expectNear(cumulativeHazard, set.hazards[ties].hazard);
        expectNear(standardError, set.hazards[ties].standardError);
      }
      const { estimate, standardError } = statistics.restrictedMean(rows, set.horizon);
      expectNear([estimate, standardError], set.restrictedMean);
    });

    it(`1.${k + 1}.2 weights as counts, and late entry`, () => {
      const counted: Curve = set.counted;
      const ours = kaplanMeier({ ...rows, weights: d.count });
      const inside = between(counted.survival);
      expectNear(ours.survival, counted.survival);
      expectNear(ours.atRisk, counted.atRisk);
      expectNear(chosen(ours.standardError, inside), chosen(counted.standardError, inside));
      const entered: Curve = set.lateCurve;
      const found = entered.time.map((at) => survivalAt(kaplanMeier(late), at)!);
      const kept = between(entered.survival);
      expectNear(found.map((one) => one.survival), entered.survival); // prettier-ignore
      expectNear(found.map((one) => one.atRisk), entered.atRisk); // prettier-ignore
      expectNear(chosen(found.map((one) => one.standardError), kept), chosen(entered.standardError, kept)); // prettier-ignore
    });

    it(`1.${k + 1}.3 log-rank of three groups`, () => {
      const cases = [
        [{ ...rows, group: d.g }, {}, set.logRank.three],
        [{ ...rows, group: d.g }, { rho: 1 }, set.logRank.rho],
        [{ ...rows, group: d.g, strata: d.s }, {}, set.logRank.strata],
        [{ ...rows, group: d.g, strata: d.s }, { rho: 0.5 }, set.logRank.strataRho],
      ] as const;
      for (const [columns, options, wanted] of cases) {
        const test = statistics.logRank(columns, options);
        expectNear([test.statistic], [wanted.statistic], 1e-6);
        expectNear(test.groups.map((one) => one.expected), wanted.expected); // prettier-ignore
      }
      if (set.lateLogRank !== null)
        expectNear([statistics.logRank({ ...late, group: d.g }).statistic], [set.lateLogRank], 1e-6);
    });

    it(`1.${k + 1}.4 Cox, whole: ties, late entry, strata, weights, offset, clusters; its test and its curves`, () => {
      const told = [
        [{ ...rows, covariates }, {}, set.cox.plain],
        [full, {}, set.cox.full],
        [full, { ties: 'breslow' }, set.cox.breslow],
        [{ ...full, cluster: d.id }, {}, set.cox.clusters],
        [{ ...late, covariates, strata: d.s, cluster: d.id }, { ties: 'breslow' }, set.cox.clustersBreslow],
      ] as const;
      for (const [columns, options, wanted] of told) {
        if (wanted !== null) expectCox(coxRegression(columns, options), wanted);
        else expect(() => coxRegression(columns, options)).toThrow(statistics.StatisticsError);
      }
      if (set.cox.full === null) return;
      const fit = coxRegression(full);
      for (const transform of ['km', 'identity'] as const) {
        const wanted = set.schoenfeld[transform];
        if (wanted === null) continue;
        const { covariates: each, global } = schoenfeldTest(full, fit, transform);
        expectNear([...each, global].map((one) => one.statistic), wanted.statistic, 1e-5); // prettier-ignore
      }
      const times = column(set.predicted.time);
      // R answers 1 before the first event where it has one time alone.
      if (times.length < 2) return;
      const baseline = statistics.coxBaseline(full, fit).find((one) => one.stratum === 1)!;
      const found = statistics.coxSurvival(fit, baseline, { x: 110, z: 1 }, times);
      expectNear(found.map((one) => one!.survival), set.predicted.survival, 1e-5); // prettier-ignore
      expectNear(found.map((one) => one!.standardError), set.predicted.standardError, 1e-5); // prettier-ignore
    });

    it(`1.${k + 1}.5 incidence of two causes, concordance`, () => {
      const found = statistics.aalenJohansen({ time: d.time, cause: d.cause });
      const { time, incidence, standardError } = set.causes;
      const causes = found.causes.length;
      (time as number[]).forEach((_, j) => {
        const own = [found.survival[j]!, ...found.causes.map((one) => one.incidence[j]!)];
        expectNear(own, incidence[j].slice(0, causes + 1), 1e-6);
        const errors = found.causes.map((one) => one.standardError[j]!);
        expectNear(errors, standardError[j].slice(1, causes + 1), 1e-4);
      });
      if (set.lateCauses !== null) {
        const entered = statistics.aalenJohansen({ time: d.time, start: d.start, cause: d.cause }, { errors: 'jackknife' }); // prettier-ignore
        (set.lateCauses.time as number[]).forEach((at, j) => {
          const place = entered.time.indexOf(at);
          const wanted = [set.lateCauses.incidence[j], set.lateCauses.standardError[j]].map((one) => one.slice(1, causes + 1)); // prettier-ignore
          expectNear(entered.causes.map((one) => one.incidence[place]!), wanted[0]!, 1e-6); // prettier-ignore
          expectNear(entered.causes.map((one) => one.standardError[place]!), wanted[1]!, 1e-6); // prettier-ignore
        });
      }
      const scored = { ...rows, risk: d.score };
      const { harrell, weighted, late: entered, uno } = set.concordance;
      const both = (one: statistics.Concordance) => [one.concordance, one.standardError];
      const wanted = (one: statistics.Concordance) => [one.concordance, one.standardError];
      expectNear(both(statistics.harrellConcordance(scored)), wanted(harrell), 1e-6);
      expectNear(both(statistics.harrellConcordance({ ...scored, weights: d.weight })), wanted(weighted), 1e-6);
      expectNear(both(statistics.harrellConcordance({ ...scored, weights: d.weight, start: d.start })), wanted(entered), 1e-6); // prettier-ignore
      if (uno !== null) expectNear(both(statistics.unoConcordance(scored, { until: set.horizon })), wanted(uno), 1e-6);
    });

    it(`1.${k + 1}.6 hazards by period from counts, and logistic regression`, () => {
      const counts = statistics.personPeriodCounts({ ...rows, weights: d.count, covariates });
      const at = { events: counts.events, atRisk: counts.atRisk, covariates: { ...counts.covariates, at: counts.period as number[] } }; // prettier-ignore
      for (const link of ['cloglog', 'logit'] as const) {
        const wanted = set.hazard[link];
        if (wanted === null) continue;
        const { coefficients } = statistics.discreteHazard(at, { link });
        // glm's own steps stop when the deviance does, which leaves cloglog's estimates 1e-5 off.
        expectNear(coefficients.map((one) => one.estimate), wanted.estimate, 3e-5); // prettier-ignore
        expectNear(coefficients.map((one) => one.standardError), wanted.standardError, 3e-5); // prettier-ignore
      }
      if (set.logistic === null) return;
      const events = (d.event as number[]).map((one, i) => one * d.count[i]);
      const fit = statistics.logisticRegression({ covariates, offset: d.offset, events, trials: d.count });
      expectNear([fit.intercept.estimate, ...fit.coefficients.map((one) => one.estimate)], set.logistic.estimate, 1e-6);
      expectNear(fit.covariance.flat(), set.logistic.covariance.flat(), 1e-5);
    });
  }
});

describe('2. Public data sets, as R has them', () => {
  it('2.1 ovarian: curve, median, log-rank, Cox, its test, concordance', () => {
    const { data: d, cox, zph, curve, quantiles, logRank, concordance } = trials.ovarian;
    const rows = { time: d.futime, event: d.fustat };
    const columns = { ...rows, covariates: { age: d.age, rx: d.rx, 'resid.ds': d['resid.ds'] } };
    const fit = coxRegression(columns);
    expectCox(fit, cox);
    const { covariates, global } = schoenfeldTest(columns, fit);
    expectNear([...covariates, global].map((one) => one.statistic), zph, 1e-6); // prettier-ignore
    expectNear(kaplanMeier(rows).survival, curve.survival);
    const bounds = [0.1, 0.25, 0.5, 0.75].map((p) => statistics.survivalQuantile(kaplanMeier(rows), p));
    expect(bounds.map((one) => one.lower)).toEqual(quantiles.lower);
    expect(bounds.map((one) => one.upper)).toEqual(quantiles.upper);
    expectNear([statistics.logRank({ ...rows, group: d.rx }).statistic], [logRank.statistic]);
    const risk = statistics.coxScores(fit, columns.covariates);
    const found = statistics.harrellConcordance({ ...rows, risk });
    expectNear([found.concordance, found.standardError], [concordance.concordance, concordance.standardError], 1e-6);
  });

  it('2.2 bladder2 and cgd: recurrences, (start, stop], strata, errors by patient', () => {
    const b = trials.bladder2.data;
    const g = trials.cgd.data;
    const bladder: CoxColumns = { time: b.stop, event: b.event, start: b.start, strata: b.enum, cluster: b.id, covariates: { treated: b.treated, number: b.number, size: b.size } }; // prettier-ignore
    const cgd: CoxColumns = { time: g.tstop, event: g.status, start: g.tstart, cluster: g.id, covariates: { treated: g.treated, age: g.age, male: g.male } }; // prettier-ignore
    for (const [columns, wanted] of [
      [bladder, trials.bladder2.cox],
      [cgd, trials.cgd.cox],
    ] as const) {
      for (const ties of ['efron', 'breslow'] as const) expectCox(coxRegression(columns, { ties }), wanted[ties]);
      const { covariates, global } = schoenfeldTest(columns, coxRegression(columns));
      expectNear([...covariates, global].map((one) => one.statistic), wanted.zph, 1e-5); // prettier-ignore
    }
  });
});
