import * as statistics from '../index.js';
import type { DrawnColumns } from './row-methods.js';
import { HISTORY_CALLS } from './history-calls.js';
import { seededRandom } from './seeded-random.js';

/** A call of a public function on drawn rows, from arguments that can be spoilt. */
export interface PublicCall {
  readonly name: keyof typeof statistics;
  /** Given, and to be spoilt. */
  readonly args: (columns: DrawnColumns) => readonly unknown[];
  /** Puts what another function made (a fit, a curve) in front of, or among, the arguments. Default: calls `name`. */
  readonly run?: (columns: DrawnColumns, ...args: never[]) => unknown;
}

const fitOf = ({ time, event, x, z, segment }: DrawnColumns) => {
  const columns = { time, event, strata: segment, covariates: { x, z } };
  return [columns, statistics.coxRegression(columns)] as const;
};
const hazardOf = ({ time, event, x, z }: DrawnColumns) =>
  statistics.discreteHazard(statistics.personPeriodCounts({ time, event, covariates: { x, z } }));
const logisticOf = ({ outcome, x, z }: DrawnColumns) =>
  statistics.logisticRegression({ events: outcome, covariates: { x, z } });
const armOf = ({ treated, amount }: DrawnColumns, arm: number) =>
  statistics.armMoments(amount.filter((_, i) => treated[i] === arm));
const ratioOf = ({ treated, amount, time }: DrawnColumns, arm: number) =>
  statistics.ratioMoments({ numerator: amount.filter((_, i) => treated[i] === arm), denominator: time.filter((_, i) => treated[i] === arm) }); // prettier-ignore
const covariateOf = ({ treated, amount, x }: DrawnColumns, arm: number) => {
  const of = (values: readonly number[]) => values.filter((_, i) => treated[i] === arm);
  return statistics.covariateMoments({ outcome: of(amount), covariate: of(x) });
};
const tableOf = ({ time, event }: DrawnColumns) => {
  const table = statistics.riskTable({ time, event });
  return Object.fromEntries(Object.entries(table).map(([name, column]) => [name, Array.from(column)]));
};

const survival: readonly PublicCall[] = [
  { name: 'aalenJohansen', args: ({ time, cause, start, count }) => [{ time, cause, start, weights: count }, { confidence: 0.9 }] }, // prettier-ignore
  { name: 'competingRiskTable', args: ({ time, cause, start, count }) => [{ time, cause, start, weights: count }] },
  {
    name: 'coxBaseline',
    args: (columns) => [fitOf(columns)[0]],
    run: (columns, own: statistics.CoxColumns) => statistics.coxBaseline(own, fitOf(columns)[1]),
  },
  {
    name: 'coxRegression',
    args: ({ time, event, start, x, z, segment, offset, count, account }) => [
      { time, event, start, strata: segment, offset, weights: count, cluster: account, covariates: { x, z } },
      { confidence: 0.9 },
    ],
  },
  {
    name: 'coxRegression',
    args: ({ time, event, x, z, count }) => [{ time, event, counts: count, covariates: { x, z } }],
  },
  {
    name: 'coxScores',
    args: ({ x, z }) => [{ x, z }],
    run: (columns, own: { x: number[]; z: number[] }) => statistics.coxScores(fitOf(columns)[1], own),
  },
  {
    name: 'coxSurvival',
    args: () => [{ x: 1, z: 0 }, [0, 2, 500], { confidence: 0.9 }],
    run: (columns, ...rest: [{ x: number; z: number }, number[], object]) => {
      const [own, fit] = fitOf(columns);
      return statistics.coxSurvival(fit, statistics.coxBaseline(own, fit)[0]!, ...rest);
    },
  },
  {
    name: 'discreteHazard',
    args: ({ time, event, x, offset }) => {
      const { row, period, event: events } = statistics.personPeriods({ time, event }, { width: 4 });
      const join = (column: readonly number[]) => Array.from(row, (i) => column[i]!);
      return [{ period: Array.from(period), events: Array.from(events), atRisk: join(time.map(() => 1)), offset: join(offset), covariates: { x: join(x) } }, { confidence: 0.9 }]; // prettier-ignore
    },
  },
  {
    name: 'discreteSurvival',
    args: () => [{ x: 1, z: 0 }, { confidence: 0.9 }],
    run: (columns, ...rest: [{ x: number; z: number }, object]) =>
      statistics.discreteSurvival(hazardOf(columns), ...rest),
  },
  { name: 'groupedRiskTables', args: ({ time, event, start, count, group, segment }) => [{ time, event, start, weights: count, group, strata: segment }] }, // prettier-ignore
  { name: 'immortalTimeLesson', args: ({ time, event, reached, x }) => [{ time, event, reached, covariates: { x } }, [2]] }, // prettier-ignore
  { name: 'kaplanMeier', args: ({ time, event, start, count }) => [{ time, event, start, weights: count }, { confidence: 0.9 }] }, // prettier-ignore
  { name: 'kaplanMeier', args: (columns) => [tableOf(columns), { transform: 'plain' }] },
  { name: 'landmarkRows', args: ({ time, event, start, reached }) => [{ time, event, start, reached }, { at: 2, horizon: 6 }] }, // prettier-ignore
  { name: 'logRank', args: ({ time, event, start, count, group, segment }) => [{ time, event, start, weights: count, group, strata: segment }, { rho: 0.5, gamma: 0.5 }] }, // prettier-ignore
  {
    name: 'medianSurvival',
    args: ({ time, event }) => [{ time, event }],
    run: (_, own: statistics.SurvivalColumns) => statistics.medianSurvival(statistics.kaplanMeier(own)),
  },
  {
    name: 'milestoneEffect',
    args: ({ time, event, reached, x, segment }) => [
      { time, event, reached, strata: segment, covariates: { x } },
      { kind: 'landmark', at: 2, horizon: 8 },
      { confidence: 0.9 },
    ],
  },
  { name: 'milestoneEffect', args: ({ time, event, start, reached, x }) => [{ time, event, start, reached, covariates: { x } }, { kind: 'switched' }] }, // prettier-ignore
  { name: 'nelsonAalen', args: ({ time, event, start, count }) => [{ time, event, start, weights: count }, { ties: 'split', confidence: 0.9 }] }, // prettier-ignore
  { name: 'nelsonAalen', args: (columns) => [tableOf(columns), { transform: 'plain' }] },
  {
    name: 'numberAtRisk',
    args: () => [3],
    run: ({ time, event }, at: number) => statistics.numberAtRisk(statistics.riskTable({ time, event }), at),
  },
  { name: 'personPeriodCounts', args: ({ time, event, start, count, x }) => [{ time, event, start, weights: count, covariates: { x } }, { width: 2, last: 4 }] }, // prettier-ignore
  {
    name: 'personPeriods',
    args: ({ time, event, start }) => [
      { time, event, start },
      { width: 2, last: 4 },
    ],
  },
  { name: 'restrictedMean', args: ({ time, event, start, count }) => [{ time, event, start, weights: count }, 6, 0.9] },
  { name: 'restrictedMean', args: (columns) => [tableOf(columns), 6, 0.9] },
  { name: 'riskTable', args: ({ time, event, start, count }) => [{ time, event, start, weights: count }] },
  {
    name: 'schoenfeldTest',
    args: (columns) => [fitOf(columns)[0]],
    run: (columns, own: statistics.CoxColumns) => statistics.schoenfeldTest(own, fitOf(columns)[1], 'rank'),
  },
  {
    name: 'survivalAt',
    args: () => [3],
    run: ({ time, event }, at: number) => statistics.survivalAt(statistics.kaplanMeier({ time, event }), at),
  },
  {
    name: 'survivalQuantile',
    args: () => [0.3],
    run: ({ time, event }, p: number) => statistics.survivalQuantile(statistics.kaplanMeier({ time, event }), p),
  },
  { name: 'switchedRows', args: ({ time, event, start, reached }) => [{ time, event, start, reached }] },
];

const evaluation: readonly PublicCall[] = [
  { name: 'hasNoAnswer', args: () => [new statistics.StatisticsError('separation', 'What was found.')] },
  { name: 'beatsBase', args: () => [{ estimate: 0.02, standardError: 0.01 }] },
  { name: 'brierGain', args: ({ outcome, share, account }) => [{ predicted: share, base: share.map(() => 0.4), outcome, cluster: account }] }, // prettier-ignore
  { name: 'brierScore', args: ({ time, event, count, share }) => [{ time, event, weights: count }, share, 5] },
  { name: 'calibration', args: ({ share, outcome, account }) => [{ predicted: share, outcome, cluster: account }] },
  { name: 'calibration', args: ({ share, outcome, count }) => [{ predicted: share, outcome, weights: count }, { bins: 4, confidence: 0.9 }] }, // prettier-ignore
  { name: 'calibration', args: ({ share, outcome, count }) => [{ predicted: share, outcome, counts: count }] },
  { name: 'censoringWeights', args: ({ time, event, count }) => [{ time, event, weights: count }, 5] },
  { name: 'harrellConcordance', args: ({ time, event, start, count, x }) => [{ time, event, start, weights: count, risk: x }] }, // prettier-ignore
  { name: 'integratedBrier', args: ({ time, event, share }) => [{ time, event }, [share, share], [3, 5]] },
  { name: 'survivalCalibration', args: ({ time, event, count, share }) => [{ time, event, weights: count }, share, 5, { bins: 4, confidence: 0.9 }] }, // prettier-ignore
  { name: 'harrellConcordance', args: ({ time, event, count, x }) => [{ time, event, counts: count, risk: x }] },
  { name: 'unoConcordance', args: ({ time, event, count, x }) => [{ time, event, weights: count, counts: count, risk: x }, { until: 8 }] }, // prettier-ignore
];

const regression: readonly PublicCall[] = [
  { name: 'linearRegression', args: ({ amount, count, x, z }) => [{ outcome: amount, counts: count, covariates: { x, z } }, { confidence: 0.9 }] }, // prettier-ignore
  {
    name: 'logisticPredictions',
    args: () => [{ x: [1, 2], z: [0, 1] }, { confidence: 0.9 }],
    run: (columns, ...rest: [{ x: number[]; z: number[] }, object]) =>
      statistics.logisticPredictions(logisticOf(columns), ...rest),
  },
  {
    name: 'logisticProbabilities',
    args: () => [{ x: [1, 2], z: [0, 1] }],
    run: (columns, own: { x: number[]; z: number[] }) => statistics.logisticProbabilities(logisticOf(columns), own),
  },
  {
    name: 'logisticRegression',
    args: ({ outcome, offset, x, z }) => [
      { events: outcome, trials: outcome.map(() => 1), offset, covariates: { x, z } },
      { prior: { x: { mean: 0, standardDeviation: 2 } }, confidence: 0.9 },
    ],
  },
  { name: 'logisticRegression', args: ({ outcome, x, z, account }) => [{ events: outcome, covariates: { x, z }, cluster: account }, { ridge: 1 }] }, // prettier-ignore
];

const causal: readonly PublicCall[] = [
  { name: 'augmentedEffect', args: ({ treated, outcome, fold, count, x, z }) => [{ treated, outcome, fold, counts: count, covariates: { x, z } }, { ridge: 1, bounds: [0.05, 0.95], confidence: 0.9 }] }, // prettier-ignore
  { name: 'augmentedEffect', args: ({ treated, amount, fold, x }) => [{ treated, outcome: amount, fold, covariates: { x } }] }, // prettier-ignore
  { name: 'balancingWeights', args: ({ treated, share, count }) => [treated, share, 'stabilised', count] },
  { name: 'independentColumns', args: ({ count, x, z }) => [{ x, z }, count] },
  { name: 'covariateBalance', args: ({ treated, share, count, x, z }) => [{ treated, counts: count, covariates: { x, z } }, share] }, // prettier-ignore
  { name: 'eValue', args: () => [{ estimate: 1.5, lower: 1.1, upper: 2 }, 'hazard-ratio-common'] },
  { name: 'effectiveSampleSize', args: ({ share, count }) => [share, count] },
  { name: 'propensityEffect', args: ({ treated, outcome, count, x, z }) => [{ treated, outcome, counts: count, covariates: { x, z } }, { trim: [0.05, 0.95], ridge: 1, confidence: 0.9 }] }, // prettier-ignore
  { name: 'propensityEffect', args: ({ treated, amount, x }) => [{ treated, outcome: amount, covariates: { x } }, { scheme: 'ipw' }] }, // prettier-ignore
  { name: 'propensityOverlap', args: ({ treated, share, count }) => [treated, share, { counts: count, bins: 10 }] },
  { name: 'propensityScores', args: ({ treated, count, x, z }) => [{ treated, counts: count, covariates: { x, z } }, { ridge: 1 }] }, // prettier-ignore
  {
    name: 'stratifiedFolds',
    args: ({ treated }) => [treated, 3],
    run: (_, treated: number[], folds: number) => statistics.stratifiedFolds(treated, folds, seededRandom(1)),
  },
];

const experiments: readonly PublicCall[] = [
  { name: 'alwaysValidBoundedMean', args: ({ share }) => [share, { lowest: 0, highest: 1, confidence: 0.9 }] },
  { name: 'alwaysValidMeans', args: (columns) => [armOf(columns, 0), armOf(columns, 1), { tightestAt: 1000, confidence: 0.9 }] }, // prettier-ignore
  { name: 'alwaysValidProportions', args: () => [{ events: 1, accounts: 10 }, { events: 3, accounts: 9 }, { expected: { share: 0.2, accounts: 100 }, assigned: 0.5, confidence: 0.9 }] }, // prettier-ignore
  { name: 'armMoments', args: ({ amount, count }) => [amount, count] },
  { name: 'countMoments', args: () => [{ events: 10, accounts: 100 }] },
  { name: 'covariateMoments', args: ({ amount, x, count }) => [{ outcome: amount, covariate: x, counts: count }] },
  { name: 'cupedComparison', args: (columns) => [covariateOf(columns, 0), covariateOf(columns, 1), { confidence: 0.9 }] }, // prettier-ignore
  { name: 'falseDiscovery', args: ({ share }) => [share, { rate: 0.1, method: 'benjamini-yekutieli' }] },
  { name: 'meanComparison', args: (columns) => [armOf(columns, 0), armOf(columns, 1), { confidence: 0.9 }] },
  { name: 'proportionComparison', args: () => [{ events: 10, accounts: 100 }, { events: 13, accounts: 90 }, { confidence: 0.9 }] }, // prettier-ignore
  { name: 'proportionComparison', args: () => [{ events: 10, accounts: 100 }, { events: 13, accounts: 90 }, { interval: 'newcombe' }] }, // prettier-ignore
  { name: 'clusteredProportion', args: ({ outcome, count }) => [{ events: outcome, trials: count }, 0.9] },
  { name: 'proportionInterval', args: () => [{ events: 10, accounts: 100 }, 0.9] },
  { name: 'ratioComparison', args: (columns) => [ratioOf(columns, 0), ratioOf(columns, 1), { confidence: 0.9 }] },
  { name: 'ratioEstimate', args: (columns) => [ratioOf(columns, 0)] },
  {
    name: 'ratioMoments',
    args: ({ amount, time, count }) => [{ numerator: amount, denominator: time, counts: count }],
  },
  { name: 'regressionAdjustment', args: ({ amount, treated, x, z, count }) => [{ outcome: amount, treated, counts: count, covariates: { x, z } }, { confidence: 0.9 }] }, // prettier-ignore
  { name: 'sampleRatio', args: () => [[500, 520, 490], { shares: [1, 1, 1], threshold: 0.01 }] },
  { name: 'sampleRatioWatch', args: () => [[500, 520, 490], { shares: [1, 1, 1], concentration: 100 }] },
];

/** Losses and accounts by segment, and by renewal, of drawn rows. */
const bySegment = ({ group, outcome }: DrawnColumns) => {
  const names = [...new Set(group)].sort();
  const count = (is: (i: number) => boolean) => names.map((name) => group.filter((one, i) => one === name && is(i)).length); // prettier-ignore
  return { events: count((i) => outcome[i] === 1), trials: count(() => true) };
};
const byRenewal = ({ time, event }: DrawnColumns) => {
  const terms = [1, 2, 3, 4];
  const count = (is: (i: number, term: number) => boolean) => terms.map((term) => time.filter((_, i) => is(i, term)).length); // prettier-ignore
  return {
    atRisk: count((i, term) => time[i]! / 3 >= term),
    lost: count((i, term) => event[i] === 1 && Math.floor(time[i]! / 3) === term),
  };
};
const contractsOf = (columns: DrawnColumns) => statistics.shiftedBetaGeometric(byRenewal(columns));

const shrinkage: readonly PublicCall[] = [
  { name: 'betaBinomialShrinkage', args: (columns) => [bySegment(columns), { confidence: 0.9 }] },
  { name: 'hyperpriorShrinkage', args: (columns) => [bySegment(columns), { confidence: 0.9 }] },
  { name: 'normalShrinkage', args: () => [{ estimates: [1, 2, 4], standardErrors: [1, 0.5, 1], weights: [1, 2, 1] }, { confidence: 0.9 }] }, // prettier-ignore
];

const retention: readonly PublicCall[] = [
  {
    name: 'contractValue',
    args: () => [{ margin: 100, marginError: 5, growth: 0.02, discount: 0.1, active: 1, terms: 10, confidence: 0.9 }],
    run: (columns, options: statistics.ContractOptions) => statistics.contractValue(contractsOf(columns), options),
  },
  {
    name: 'discountedLifetime',
    args: () => [{ discount: 0.1, active: 1, terms: 10, confidence: 0.9 }],
    run: (columns, options: statistics.LifetimeOptions) => statistics.discountedLifetime(contractsOf(columns), options),
  },
  { name: 'renewalCounts', args: () => [[[100, 80, 70], [50, 45]]] }, // prettier-ignore
  {
    name: 'retentionForecast',
    args: () => [{ renewals: 4, survived: 1, confidence: 0.9 }],
    run: (columns, options: statistics.ForecastOptions) => statistics.retentionForecast(contractsOf(columns), options),
  },
  { name: 'sequenceContractValue', args: () => [{ survival: [1, 0.8, 0.7], lower: [1, 0.7, 0.5], upper: [1, 0.9, 0.8] }, { margin: 100, discount: 0.1 }] }, // prettier-ignore
  { name: 'shiftedBetaGeometric', args: (columns) => [byRenewal(columns)] },
];

/** Every public function, by the folder it is of. */
export const PUBLIC_CALLS: readonly PublicCall[] = [survival, evaluation, regression, causal, experiments, shrinkage, retention, HISTORY_CALLS].flat(); // prettier-ignore

export function runCall(call: PublicCall, columns: DrawnColumns, args: readonly unknown[]): unknown {
  if (call.run) return call.run(columns, ...(args as never[]));
  return (statistics[call.name] as unknown as (...given: readonly unknown[]) => unknown)(...args);
}
