import { describe, expect, it } from '@jest/globals';
import * as statistics from '../index.js';
import type { CoxColumns, CoxFit, SurvivalColumns, TimeTransform } from '../index.js';
import { publicData } from '../testing/figures.js';
import { expectNear } from '../survival/testing/reference.js';

const r = publicData('r');
const py = publicData('py');
const { kaplanMeier, survivalAt, logRank, coxRegression, schoenfeldTest } = statistics;

type Numbers = Record<string, number[]>;
type Pair = { concordance: number; standardError: number };
const pair = (one: Pair) => [one.concordance, one.standardError];
const rowsWhere = (data: Numbers, keep: (row: number) => boolean): Numbers =>
  Object.fromEntries(Object.entries(data).map(([name, values]) => [name, values.filter((_, i) => keep(i))]));

/** R has no bounds where the curve is at 0 or 1. */
function expectCurve(rows: SurvivalColumns, wanted: Numbers, transform: 'log-log' | 'log' | 'plain'): void {
  const curve = kaplanMeier(rows, { transform });
  wanted.time!.forEach((time, k) => {
    const found = survivalAt(curve, time)!;
    const fields = ['survival', 'atRisk', ...(found.survival > 0 && found.survival < 1 ? ['standardError', 'lower', 'upper'] : [])]; // prettier-ignore
    for (const field of fields as (keyof typeof found)[]) expectNear([found[field]], [wanted[field]![k]!], 1e-8);
  });
}

function expectCurves(rows: SurvivalColumns, wanted: Record<string, { curve: Numbers; quantiles: Numbers }>): void {
  for (const transform of ['log-log', 'log', 'plain'] as const) {
    const { curve, quantiles } = wanted[transform]!;
    expectCurve(rows, curve, transform);
    const found = [0.25, 0.5, 0.75].map((p) => statistics.survivalQuantile(kaplanMeier(rows, { transform }), p));
    expect(found.map((one) => one.estimate)).toEqual(quantiles['quantile']);
    expect(found.map((one) => one.lower)).toEqual(quantiles['lower']);
    expect(found.map((one) => one.upper)).toEqual(quantiles['upper']);
  }
}

function expectHazards(rows: SurvivalColumns, times: number[], wanted: Record<'none' | 'split', Numbers>): void {
  for (const ties of ['none', 'split'] as const) {
    const { time, cumulativeHazard, standardError } = statistics.nelsonAalen(rows, { ties });
    const last = times.map((at) => time.filter((one) => one <= at).length - 1);
    expectNear(last.map((j) => cumulativeHazard[j]!), wanted[ties].hazard!, 1e-8); // prettier-ignore
    expectNear(last.map((j) => standardError[j]!), wanted[ties].standardError!, 1e-8); // prettier-ignore
  }
}

interface Cox {
  estimate: number | number[];
  covariance: number[][];
  logLikelihood: number[];
  score: number;
}

function expectCox(fit: CoxFit, wanted: Cox): void {
  expectNear(fit.coefficients.map((one) => one.estimate), [wanted.estimate].flat(), 1e-7); // prettier-ignore
  expectNear(fit.covariance.flat(), wanted.covariance.flat(), 1e-6);
  expectNear([fit.nullLogLikelihood, fit.logLikelihood], wanted.logLikelihood, 1e-9);
  expectNear([fit.score.statistic], [wanted.score], 1e-7);
}

function expectSchoenfeld(columns: CoxColumns, wanted: Record<string, number[]>): void {
  for (const [transform, statistic] of Object.entries(wanted)) {
    const { covariates, global } = schoenfeldTest(columns, coxRegression(columns), transform as TimeTransform);
    expectNear([...covariates, global].map((one) => one.statistic), statistic, 1e-6); // prettier-ignore
  }
}

function expectPredicted(columns: CoxColumns, row: Record<string, number>, stratum: string | null, wanted: Numbers) {
  const fit = coxRegression(columns);
  const baselines = statistics.coxBaseline(columns, fit);
  const baseline = stratum === null ? baselines[0]! : baselines.find((one) => one.stratum === stratum)!;
  const found = statistics.coxSurvival(fit, baseline, row, wanted.time!).map((one) => one!);
  for (const field of ['survival', 'standardError', 'lower', 'upper'] as const)
    expectNear(found.map((one) => one[field]), wanted[field]!, 1e-6); // prettier-ignore
}

interface Incidence {
  time: number[];
  incidence: number[][];
  standardError: number[][];
}

function expectIncidence(curve: statistics.CumulativeIncidence, wanted: Incidence, share: number): void {
  wanted.time.forEach((at, k) => {
    const j = curve.time.filter((one) => one <= at).length - 1;
    expectNear(curve.causes.map((one) => one.incidence[j]!), wanted.incidence[k]!.slice(1), 1e-8); // prettier-ignore
    expectNear(curve.causes.map((one) => one.standardError[j]!), wanted.standardError[k]!.slice(1), share); // prettier-ignore
  });
}

describe('1. veteran: 137 patients, four cell types', () => {
  const { data: d } = r.veteran;
  const rows = { time: d.time, event: d.status };
  const covariates = { trt: d.trt, karno: d.karno, age: d.age };
  const columns = { ...rows, covariates, strata: d.celltype };

  it('1.1 Kaplan–Meier by three transforms, quartiles, Nelson–Aalen, restricted mean', () => {
    expectCurves(rows, r.veteran.curves);
    expectHazards(rows, r.veteran.curves.log.curve.time, r.veteran.hazards);
    const { estimate, standardError } = statistics.restrictedMean(rows, 400);
    expectNear([estimate, standardError], r.veteran.restrictedMean, 1e-8);
  });

  it('1.2 log-rank of four groups, with rho, stratified, and both', () => {
    const { cells, rho, strata, strataRho } = r.veteran.logRank;
    expectNear([logRank({ ...rows, group: d.celltype }).statistic], [cells.statistic], 1e-8);
    expectNear([logRank({ ...rows, group: d.celltype }, { rho: 1 }).statistic], [rho.statistic], 1e-8);
    const split = { ...rows, group: d.trt, strata: d.celltype };
    expectNear([logRank(split).statistic, logRank(split, { rho: 0.7 }).statistic], [strata.statistic, strataRho.statistic], 1e-8); // prettier-ignore
  });

  it('1.3 Cox in strata by Efron and Breslow, cox.zph, predicted survival, concordance', () => {
    expectCox(coxRegression(columns), r.veteran.efron);
    expectCox(coxRegression(columns, { ties: 'breslow' }), r.veteran.breslow);
    expectSchoenfeld(columns, r.veteran.zph);
    expectPredicted(columns, { trt: 2, karno: 60, age: 60 }, 'squamous', r.veteran.predicted);
    const plain = { ...rows, covariates };
    const risk = statistics.coxScores(coxRegression(plain), covariates);
    expectNear(pair(statistics.harrellConcordance({ ...rows, risk })), pair(r.veteran.concordance), 1e-7);
  });
});

describe('2. colon: 911 patients, recurrence and death', () => {
  const all: Numbers = r.colon.data;
  const d = rowsWhere(all, (i) => all.etype![i] === 2);
  const rows = { time: d.time!, event: d.status! };
  const death = { ...rows, covariates: { lev: d.lev!, both: d.both!, age: d.age!, sex: d.sex!, nodes: d.nodes! } };

  it('2.1 Kaplan–Meier by three transforms, quartiles, Nelson–Aalen, restricted mean', () => {
    expectCurves(rows, r.colon.curves);
    expectHazards(rows, r.colon.curves.log.curve.time, r.colon.hazards);
    const { estimate, standardError } = statistics.restrictedMean(rows, 2000);
    expectNear([estimate, standardError], r.colon.restrictedMean, 1e-8);
  });

  it('2.2 log-rank of three arms, stratified, with rho', () => {
    const group = d.lev!.map((one, i) => one + 2 * d.both![i]!);
    const { arms, strata, rho } = r.colon.logRank;
    const found = [logRank({ ...rows, group }), logRank({ ...rows, group, strata: d.sex! }), logRank({ ...rows, group }, { rho: 1 })]; // prettier-ignore
    expectNear(found.map((one) => one.statistic), [arms, strata, rho].map((one) => one.statistic), 1e-8); // prettier-ignore
  });

  it('2.3 Cox of both endpoints: strata, an offset, errors by patient', () => {
    const both: CoxColumns = { time: all.time!, event: all.status!, strata: all.etype!, cluster: all.id!, offset: all.known!, covariates: { lev: all.lev!, both: all.both!, age: all.age!, sex: all.sex! } }; // prettier-ignore
    expectCox(coxRegression(both), r.colon.efron);
    expectCox(coxRegression(both, { ties: 'breslow' }), r.colon.breslow);
  });

  it('2.4 Cox of death, cox.zph, predicted survival, concordance by Harrell and Uno', () => {
    expectCox(coxRegression(death), r.colon.death);
    expectSchoenfeld(death, r.colon.zph);
    expectPredicted(death, { lev: 0, both: 1, age: 60, sex: 1, nodes: 3 }, null, r.colon.predicted);
    const risk = statistics.coxScores(coxRegression(death), death.covariates);
    expectNear(pair(statistics.harrellConcordance({ ...rows, risk })), pair(r.colon.concordance), 1e-7);
    expectNear(pair(statistics.unoConcordance({ ...rows, risk: d.nodes! }, { until: 2000 })), pair(r.colon.uno), 1e-7);
  });
});

describe('3. pbc: 418 patients, transplant and death', () => {
  const d: Numbers = r.pbc.data;
  const rows = { time: d.time!, event: d.died! };
  const columns = { ...rows, covariates: { age: d.age!, edema: d.edema!, bili: d.bili!, albumin: d.albumin! } };

  it('3.1 Cox, cox.zph, predicted survival, concordance by Harrell and Uno', () => {
    expectCox(coxRegression(columns), r.pbc.cox);
    expectSchoenfeld(columns, r.pbc.zph);
    expectPredicted(columns, { age: 50, edema: 0, bili: 1, albumin: 3.5 }, null, r.pbc.predicted);
    const risk = statistics.coxScores(coxRegression(columns), columns.covariates);
    expectNear(pair(statistics.harrellConcordance({ ...rows, risk })), pair(r.pbc.concordance), 1e-7);
    expectNear(pair(statistics.unoConcordance({ ...rows, risk: d.bili! }, { until: 3000 })), pair(r.pbc.uno), 1e-7);
  });

  it.each(['increments', 'jackknife'] as const)('3.2 Aalen–Johansen, errors by %s', (errors) => {
    const curve = statistics.aalenJohansen({ time: d.time!, cause: d.status! }, { errors });
    expectIncidence(curve, r.pbc.incidence, 1e-8);
  });
});

describe('3a. pbc: forecasts under censoring', () => {
  const { data: d, calibration } = r.pbc;
  const { horizon, forecast, slope, intercept, ratio, bins } = calibration;
  const rows = { time: d.time, event: d.died };

  it('3a.1 censoring weights as rttright has them, slope and intercept as glm and the sandwich', () => {
    expectNear(statistics.censoringWeights(rows, horizon), calibration.weights, 1e-8);
    const found = statistics.survivalCalibration(rows, forecast, horizon);
    expectNear([found.slope!.estimate, found.slope!.standardError], slope, 1e-6);
    expectNear([found.intercept.estimate, found.intercept.standardError], intercept, 1e-6);
    expectNear([found.observedOverExpected], [ratio], 1e-8);
  });

  it('3a.2 the curve: survfit in quarters by forecast', () => {
    const { curve } = statistics.survivalCalibration(rows, forecast, horizon, { bins: 4 });
    expect(curve.length).toBe(bins.length);
    curve.forEach((bin, k) => {
      if (bin.observed === null) throw new Error(`Bin ${k} ends before the horizon.`);
      const { survival, lower, upper } = bins[k];
      expectNear([bin.observed, bin.lower, bin.upper], [1 - survival, 1 - upper, 1 - lower], 1e-8);
    });
  });
});

describe('4. mgus2: 1384 patients, progression and death', () => {
  const { data: d, split } = r.mgus2;

  it.each(['increments', 'jackknife'] as const)('4.1 Aalen–Johansen by time, errors by %s', (errors) => {
    expectIncidence(statistics.aalenJohansen({ time: d.until, cause: d.cause }, { errors }), r.mgus2.byTime, 1e-8);
  });

  it('4.2 by age, entering late: errors by the jackknife as in R, by increments within 5 %', () => {
    const rows = { time: d.stop, start: d.age, cause: d.cause };
    expectIncidence(statistics.aalenJohansen(rows, { errors: 'jackknife' }), r.mgus2.byAge, 1e-8);
    expectIncidence(statistics.aalenJohansen(rows), r.mgus2.byAge, 0.05);
  });

  it('4.3 the same lives in two rows each: no other errors, if told whose rows they are', () => {
    const { id, age, stop, cause } = split.data;
    const found = statistics.aalenJohansen({ time: stop, start: age, cause, cluster: id }, { errors: 'jackknife' });
    expectIncidence(found, split.incidence, 1e-8);
    expectIncidence(found, r.mgus2.byAge, 1e-8);
  });

  it('4.4 Kaplan–Meier and Cox by age', () => {
    const rows = { time: d.stop, start: d.age };
    expectCurve({ ...rows, event: d.cause.map((one: number) => Number(one > 0)) }, r.mgus2.ageCurve, 'log-log');
    const event = d.cause.map((one: number) => Number(one === 1));
    const covariates = { male: d.sex.map((one: string) => Number(one === 'M')) };
    expectCox(coxRegression({ ...rows, event, covariates }), r.mgus2.cox);
  });
});

describe('5. Recurrences and changes of state', () => {
  it('5.1 bladder: four recurrences as strata, errors by patient', () => {
    const { data: b, efron, breslow } = r.bladder;
    const columns: CoxColumns = { time: b.stop, event: b.event, strata: b.enum, cluster: b.id, covariates: { treated: b.treated, size: b.size, number: b.number } }; // prettier-ignore
    expectCox(coxRegression(columns), efron);
    expectCox(coxRegression(columns, { ties: 'breslow' }), breslow);
  });

  it('5.2 heart: (start, stop], errors by patient, the curve, concordance', () => {
    const { data: h, efron, breslow, curve, concordance } = r.heart;
    const rows = { time: h.stop, start: h.start, event: h.event };
    const columns: CoxColumns = { ...rows, cluster: h.id, covariates: { transplant: h.transplant, age: h.age, surgery: h.surgery } }; // prettier-ignore
    expectCox(coxRegression(columns), efron);
    expectCox(coxRegression(columns, { ties: 'breslow' }), breslow);
    expectCurve(rows, curve, 'log-log');
    expectNear(pair(statistics.harrellConcordance({ ...rows, risk: h.age })), pair(concordance), 1e-7);
  });
});

describe('5a. Pairs, and many strata', () => {
  it('5a.1 retinopathy: two eyes of a patient, an interaction, errors by patient, cox.zph, log-rank in strata', () => {
    const { data: y, efron, breslow, strata, zph, logRank: test, concordance } = r.retinopathy;
    const rows = { time: y.time, event: y.status };
    const covariates = { trt: y.trt, adult: y.adult, both: y.both, risk: y.risk };
    expectCox(coxRegression({ ...rows, cluster: y.id, covariates }), efron);
    expectCox(coxRegression({ ...rows, cluster: y.id, covariates }, { ties: 'breslow' }), breslow);
    expectCox(coxRegression({ ...rows, cluster: y.id, strata: y.adult, covariates: { trt: y.trt, risk: y.risk } }), strata); // prettier-ignore
    expectSchoenfeld({ ...rows, covariates }, zph);
    expectNear([logRank({ ...rows, group: y.trt, strata: y.adult }).statistic], [test.statistic], 1e-8);
    expectNear(pair(statistics.harrellConcordance({ ...rows, risk: y.risk })), pair(concordance), 1e-7);
  });

  it('5a.2 lung: institutions as strata, one of them a single patient', () => {
    const { data: l, cox, zph, logRank: test, logRankRho } = r.lung;
    const rows = { time: l.time, event: l.status, strata: l.inst };
    const columns: CoxColumns = { ...rows, covariates: { age: l.age, sex: l.sex, ecog: l.ecog, karno: l.karno } };
    expectCox(coxRegression(columns), cox);
    expectSchoenfeld(columns, zph);
    const group = l.sex;
    expectNear([logRank({ ...rows, group }).statistic, logRank({ ...rows, group }, { rho: 1 }).statistic], [test.statistic, logRankRho.statistic], 1e-8); // prettier-ignore
  });
});

describe('6. Forecasts, as scikit-survival judges them', () => {
  const sets = { pbc: r.pbc.data, veteran: r.veteran.data, colon: r.colon.data };
  it.each(['pbc', 'veteran', 'colon'] as const)(
    '6.1 %s: Brier, its integral, concordance by Harrell and Uno',
    (name) => {
      const { risk, times, scale, brier, integratedBrier, harrell, uno } = py[name];
      const given: Numbers = sets[name];
      const d = name === 'colon' ? rowsWhere(given, (i) => given.etype![i] === 2) : given;
      const event = d.died ?? d.status!;
      const rows = { time: d.time!.map((one, i) => (event[i] === 1 ? one : one + 0.01)), event };
      const forecasts = (times as number[]).map((at) => (risk as number[]).map((one) => Number(Math.exp((-Math.exp(one) * at) / scale).toFixed(6)))); // prettier-ignore
      const scores = forecasts.map((forecast, k) => statistics.brierScore(rows, forecast, times[k]).score);
      expectNear(scores, brier, 1e-6);
      expectNear([statistics.integratedBrier(rows, forecasts, times).score], [integratedBrier], 1e-6);
      expectNear([statistics.harrellConcordance({ ...rows, risk }).concordance], [harrell], 1e-8);
      expectNear([statistics.unoConcordance({ ...rows, risk }, { until: times.at(-1) }).concordance], [uno], 1e-6);
    },
  );
});
