import { describe, expect, it } from '@jest/globals';
import * as statistics from './index.js';
import type { CoxColumns, CoxFit } from './index.js';
import { complete, dataSet, reference } from './survival/testing/reference.js';

const { coxRegression, kaplanMeier, logRank, medianSurvival, survivalAt } = statistics;
const lungRows = dataSet('lung');
const lung = { time: lungRows.time!, event: lungRows.status! };
const known = complete(lungRows, ['ph.ecog']);
const lungCox: CoxColumns = {
  time: known.time!,
  event: known.status!,
  covariates: { age: known.age!, sex: known.sex!, 'ph.ecog': known['ph.ecog']! },
};
const { week, arrest, fin, age, race, wexp, mar, paro, prio } = dataSet('rossi') as Record<string, number[]>;
const rossi: CoxColumns = {
  time: week!,
  event: arrest!,
  covariates: { fin: fin!, age: age!, race: race!, wexp: wexp!, mar: mar!, paro: paro!, prio: prio! },
};
const heartRows = dataSet('heart');
const heart = { time: heartRows.stop!, event: heartRows.event!, start: heartRows.start! };
const walton = dataSet('waltons');
const waltons = { time: walton['T']!, event: walton['E']!, group: walton['group']! };
const { jasa } = reference('r');

const fixed = (values: readonly number[], digits: number) => values.map((one) => one.toFixed(digits));
const estimates = (fit: CoxFit) => fit.coefficients.map((one) => one.estimate);
const errors = (fit: CoxFit) => fit.coefficients.map((one) => one.standardError);

/** Every figure stands to the digits that the reference gives; its name is the reference. */
describe('1. lung (228 rows, 165 events)', () => {
  it('1.1 has 228 rows, 165 events; 227 with ph.ecog', () => {
    expect([lung.time.length, lung.event.filter(Boolean).length, known.time!.length]).toEqual([228, 165, 227]);
  });

  it('1.2 median 310, log interval 285 to 363', () => {
    expect(medianSurvival(kaplanMeier(lung, { transform: 'log' }))).toEqual({ estimate: 310, lower: 285, upper: 363 });
  });

  it('1.3 S(365) .4092, se .03582, log-log interval .3387 to .4784', () => {
    const { survival, standardError, lower, upper } = survivalAt(kaplanMeier(lung), 365)!;
    expect([...fixed([survival], 4), ...fixed([standardError], 5)]).toEqual(['0.4092', '0.03582']);
    expect(fixed([lower, upper], 4)).toEqual(['0.3387', '0.4784']);
  });

  it('1.4 log-rank by sex 10.33', () => {
    expect(logRank({ ...lung, group: lungRows.sex! }).statistic.toFixed(2)).toBe('10.33');
  });

  it('1.5 Cox, Efron: .0110668 −.5526124 .4637285, se .0092674 .1677391 .1135773', () => {
    const fit = coxRegression(lungCox);
    expect(fixed(estimates(fit), 7)).toEqual(['0.0110668', '-0.5526124', '0.4637285']);
    expect(fixed(errors(fit), 7)).toEqual(['0.0092674', '0.1677391', '0.1135773']);
  });

  it('1.6 Cox, log-likelihood −744.4805 → −729.2301', () => {
    const { nullLogLikelihood, logLikelihood } = coxRegression(lungCox);
    expect(fixed([nullLogLikelihood, logLikelihood], 4)).toEqual(['-744.4805', '-729.2301']);
  });

  it('1.7 Cox, Breslow: .0110411 −.5518896 .4629470', () => {
    const fit = coxRegression(lungCox, { ties: 'breslow' });
    expect(fixed(estimates(fit), 7)).toEqual(['0.0110411', '-0.5518896', '0.4629470']);
  });

  it('1.8 Cox, concordance .637', () => {
    const risk = statistics.coxScores(coxRegression(lungCox), lungCox.covariates);
    expect(statistics.harrellConcordance({ ...lungCox, risk }).concordance.toFixed(3)).toBe('0.637');
  });

  it('1.9 Cox, Schoenfeld global 4.464, p .216', () => {
    const { global } = statistics.schoenfeldTest(lungCox, coxRegression(lungCox));
    expect(fixed([global.statistic, global.p], 3)).toEqual(['4.464', '0.216']);
  });
});

describe('2. rossi (432 rows, 114 events)', () => {
  it('2.1 Cox: fin −.37942 age −.05744 race .31390 wexp −.14980 mar −.43370 paro −.08487 prio .09150', () => {
    const fit = coxRegression(rossi);
    const wanted = ['-0.37942', '-0.05744', '0.31390', '-0.14980', '-0.43370', '-0.08487', '0.09150'];
    expect([fit.rows, fit.events]).toEqual([432, 114]);
    expect(fixed(estimates(fit), 5)).toEqual(wanted);
  });

  it('2.2 Cox, likelihood ratio 33.27 on 7 degrees of freedom', () => {
    const { likelihoodRatio } = coxRegression(rossi);
    expect([likelihoodRatio.statistic.toFixed(2), likelihoodRatio.degreesOfFreedom]).toEqual(['33.27', 7]);
  });

  it('2.3 19,809 person-weeks; cloglog with week dummies: fin −.38017, prio .09177', () => {
    const lines = statistics.personPeriods(rossi);
    expect(lines.row.length).toBe(19_809);
    const counts = statistics.personPeriodCounts(rossi);
    const { coefficients, atRisk } = statistics.discreteHazard(counts, { link: 'cloglog' });
    const of = (name: string) => coefficients.find((one) => one.name === name)!.estimate.toFixed(5);
    expect([atRisk, of('fin'), of('prio')]).toEqual([19_809, '-0.38017', '0.09177']);
  });
});

describe('3. heart, with transplants as they came', () => {
  it('3.1 Cox on (start, stop]: transplant .016096 (se .3086), age .030536, surgery −.773328', () => {
    const { transplant, age: years, surgery } = heartRows;
    const fit = coxRegression({ ...heart, covariates: { transplant: transplant!, age: years!, surgery: surgery! } });
    expect(fixed(estimates(fit), 6)).toEqual(['0.016096', '0.030536', '-0.773328']);
    expect(errors(fit)[0]!.toFixed(4)).toBe('0.3086');
  });

  it('3.2 immortal time: naive HR .27 (p 6e-8), time-varying 1.14 (p .67), landmark at day 30 .92 (p .75)', () => {
    const { naive, landmarks } = statistics.immortalTimeLesson(jasa, [30]);
    const varying = coxRegression({ ...heart, covariates: { transplant: heartRows.transplant! } });
    const [first, second, third] = [naive, varying, landmarks[0]!.fit].map((fit) => fit.coefficients[0]!);
    expect([first!.ratio.toFixed(2), first!.p.toExponential(0)]).toEqual(['0.27', '6e-8']);
    expect(fixed([second!.ratio, second!.p], 2)).toEqual(['1.14', '0.67']);
    expect(fixed([third!.ratio, third!.p], 2)).toEqual(['0.92', '0.75']);
  });
});

describe('4. waltons', () => {
  it('4.1 log-rank 122.2491, p 2.036e-28', () => {
    const { statistic, p } = logRank(waltons);
    expect([statistic.toFixed(4), p.toExponential(3)]).toEqual(['122.2491', '2.036e-28']);
  });

  it('4.2 medians 26 and 58', () => {
    const { groups, strata } = statistics.groupedRiskTables(waltons);
    const medians = strata[0]!.map((table) => medianSurvival(kaplanMeier(table)).estimate);
    expect(Object.fromEntries(groups.map((group, k) => [group, medians[k]]))).toEqual({ 'miR-137': 26, control: 58 });
  });
});

describe('5. Experiments', () => {
  it('5.1 100/1000 against 130/1000: difference .03, interval .00205 to .05795, p .03541', () => {
    const counts = [{ events: 100, accounts: 1000 }, { events: 130, accounts: 1000 }] as const; // prettier-ignore
    const { estimate, lower, upper, p } = statistics.proportionComparison(...counts).difference;
    expect(estimate).toBeCloseTo(0.03, 12);
    expect(fixed([lower, upper, p], 5)).toEqual(['0.00205', '0.05795', '0.03541']);
  });

  it('5.2 sample ratio 5000 : 5200, p .04767', () => {
    expect(statistics.sampleRatio([5000, 5200]).p.toFixed(5)).toBe('0.04767');
  });
});
