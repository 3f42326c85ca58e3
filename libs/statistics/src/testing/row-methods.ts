import * as statistics from '../index.js';
import { seededNormal, seededRandom } from './seeded-random.js';

/** An account as every method might want it. */
export interface DrawnRow {
  readonly time: number;
  readonly event: number;
  readonly start: number;
  readonly cause: number;
  readonly x: number;
  readonly z: number;
  readonly group: string;
  readonly segment: number;
  readonly offset: number;
  readonly treated: number;
  readonly outcome: number;
  readonly amount: number;
  readonly share: number;
  readonly fold: number;
  readonly account: string;
  readonly reached: number | null;
  /** How many rows it stands for. */
  readonly count: number;
}

/** Rows with ties, late entry, confounding; none of the methods below refuses them. */
export function drawnRows(seed: number, rows = 80): DrawnRow[] {
  const random = seededRandom(seed);
  return Array.from({ length: rows }, (_, i) => {
    const x = Math.round(20 * seededNormal(random)) / 10;
    const z = random() < 0.5 ? 1 : 0;
    const life = -Math.log(1 - random()) * 6 * Math.exp(0.3 * x - 0.4 * z);
    const followed = 2 + 12 * random();
    const time = Math.ceil(Math.min(life, followed));
    const event = life <= followed ? 1 : 0;
    const treated = random() < 1 / (1 + Math.exp(-0.5 * x)) ? 1 : 0;
    const outcome = random() < 1 / (1 + Math.exp(0.3 - 0.4 * x - 0.5 * treated)) ? 1 : 0;
    return {
      ...{ time, event, x, z, treated, outcome },
      start: random() < 0.4 ? Math.min(time - 1, Math.floor(3 * random())) : 0,
      cause: event === 1 ? (random() < 0.4 ? 2 : 1) : 0,
      group: 'abc'[Math.floor(3 * random())]!,
      segment: Math.floor(2 * random()),
      offset: seededNormal(random) / 5,
      amount: Math.round(100 + 10 * x + 20 * treated + 15 * seededNormal(random)),
      share: Math.min(0.95, Math.max(0.05, 0.5 + 0.15 * x + 0.1 * seededNormal(random))),
      fold: i % 3,
      account: `a${Math.floor(i / 2)}`,
      reached: random() < 0.6 ? Math.ceil(5 * random()) : null,
      count: 1 + Math.floor(3 * random()),
    };
  });
}

/** The rows written out, each `count` times. */
export const writtenOut = (rows: readonly DrawnRow[]): DrawnRow[] =>
  rows.flatMap((row) => Array.from({ length: row.count }, () => ({ ...row, count: 1 })));

/** A method of rows: its answer as numbers, the same whatever the rows' order. */
export interface RowMethod {
  readonly name: string;
  readonly run: (rows: readonly DrawnRow[]) => number[];
}

export type DrawnColumns = { [K in keyof DrawnRow]: DrawnRow[K][] };

export function columnsOf(rows: readonly DrawnRow[]): DrawnColumns {
  const names = Object.keys(drawnRows(1, 1)[0]!) as (keyof DrawnRow)[];
  return Object.fromEntries(names.map((key) => [key, rows.map((row) => row[key])])) as unknown as DrawnColumns;
}

const method = (name: string, of: (columns: DrawnColumns) => unknown): RowMethod => ({
  name,
  run: (rows) => numbersOf(of(columnsOf(rows))),
});

/** All numbers of an answer, in the order of its fields. */
export function numbersOf(answer: unknown): number[] {
  if (typeof answer === 'number') return [answer];
  if (ArrayBuffer.isView(answer)) return Array.from(answer as Float64Array);
  if (answer === null || typeof answer !== 'object') return [];
  return Object.values(answer).flatMap(numbersOf);
}

const estimatesOf = (fit: { coefficients: readonly { estimate: number; standardError: number }[] }) =>
  fit.coefficients.map(({ estimate, standardError }) => [estimate, standardError]);
const effectOf = ({ difference, riskRatio }: statistics.TreatmentEffect) => [difference, riskRatio];

const calibrationOf = ({ slope, intercept, curve }: statistics.Calibration | statistics.SurvivalCalibration) => [slope, intercept, curve]; // prettier-ignore

/** Those that take counts (or weights that stand for rows). */
export const COUNTED_METHODS: readonly RowMethod[] = [
  method('kaplanMeier', ({ time, event, start, count }) => {
    const { atRisk, survival, standardError, lower, upper } = statistics.kaplanMeier({ time, event, start, weights: count }); // prettier-ignore
    return { atRisk, survival, standardError, lower, upper };
  }),
  method('nelsonAalen', ({ time, event, start, count }) => {
    const { cumulativeHazard, standardError } = statistics.nelsonAalen({ time, event, start, weights: count }, { ties: 'split' }); // prettier-ignore
    return { cumulativeHazard, standardError };
  }),
  method('restrictedMean', ({ time, event, count }) => statistics.restrictedMean({ time, event, weights: count }, 6)),
  method('aalenJohansen', ({ time, cause, start, count }) => statistics.aalenJohansen({ time, cause, start, weights: count })), // prettier-ignore
  method('logRank', ({ time, event, start, group, segment, count }) => statistics.logRank({ time, event, start, group, strata: segment, weights: count }, { rho: 1, gamma: 1 })), // prettier-ignore
  method('coxRegression, Efron', ({ time, event, start, x, z, segment, offset, count }) => {
    const fit = statistics.coxRegression({ time, event, start, strata: segment, offset, counts: count, covariates: { x, z } }); // prettier-ignore
    return [estimatesOf(fit), fit.logLikelihood, fit.score, fit.events];
  }),
  method(
    'coxRegression, Breslow, robust',
    ({ time, event, start, x, z, count }) =>
    estimatesOf(statistics.coxRegression({ time, event, start, counts: count, covariates: { x, z } }, { ties: 'breslow', robust: true })), // prettier-ignore
  ),
  method('coxSurvival, schoenfeldTest', ({ time, event, x, z, segment, count }) => {
    const columns = { time, event, strata: segment, counts: count, covariates: { x, z } };
    const fit = statistics.coxRegression(columns);
    const baseline = statistics.coxBaseline(columns, fit).find((one) => one.stratum === 1)!;
    return [statistics.coxSurvival(fit, baseline, { x: 1, z: 0 }, [2, 5]), statistics.schoenfeldTest(columns, fit, 'rank')]; // prettier-ignore
  }),
  method('discreteHazard', ({ time, event, x, z, count }) => {
    const counts = statistics.personPeriodCounts({ time, event, weights: count, covariates: { x, z } });
    const at = { ...counts, covariates: { ...counts.covariates, at: counts.period as number[] }, period: undefined };
    const fit = statistics.discreteHazard(at);
    return [estimatesOf(fit), fit.logLikelihood, statistics.discreteSurvival(fit, { x: 1, z: 1, at: 3 })];
  }),
  method('logisticRegression', ({ x, z, outcome, count, offset }) => {
    const events = outcome.map((one, i) => one * count[i]!);
    const fit = statistics.logisticRegression({ events, trials: count, offset, covariates: { x, z } }, { ridge: 0.5 });
    return [fit.covariance, estimatesOf(fit), fit.effectiveParameters, statistics.logisticPredictions(fit, { x: [1], z: [0] })]; // prettier-ignore
  }),
  method('linearRegression', ({ x, z, amount, count }) => {
    const { coefficients, covariance, residualVariance } = statistics.linearRegression({ outcome: amount, counts: count, covariates: { x, z } }); // prettier-ignore
    return [coefficients, covariance, residualVariance];
  }),
  method('propensityEffect', ({ treated, outcome, x, z, count }) => {
    const effect = statistics.propensityEffect({ treated, outcome, counts: count, covariates: { x, z } }, { scheme: 'ipw', trim: [0.05, 0.95] }); // prettier-ignore
    return [effectOf(effect), effect.balance, effect.effectiveSize, effect.overlap, effect.trimmed];
  }),
  method('augmentedEffect', ({ treated, outcome, x, z, fold, count }) =>
    effectOf(statistics.augmentedEffect({ treated, outcome, fold, counts: count, covariates: { x, z } })),
  ),
  method('calibration, brierScore', ({ time, event, share, outcome, count }) => [
    statistics.calibration({ predicted: share, outcome, weights: count }).observedOverExpected,
    statistics.brierScore({ time, event, weights: count }, share, 5).score,
    statistics.integratedBrier({ time, event, weights: count }, [share, share], [3, 5]).score,
    calibrationOf(statistics.survivalCalibration({ time, event, weights: count }, share, 5, { bins: 3 })),
    calibrationOf(statistics.calibration({ predicted: share, outcome, counts: count }, { bins: 3 })),
  ]),
  method('harrellConcordance, unoConcordance', ({ time, event, start, x, count }) => [
    statistics.harrellConcordance({ time, event, start, risk: x, weights: count }).concordance,
    statistics.unoConcordance({ time, event, risk: x, weights: count }, { until: 8 }).concordance,
    statistics.harrellConcordance({ time, event, start, risk: x, counts: count }),
    statistics.unoConcordance({ time, event, risk: x, counts: count }, { until: 8 }),
  ]),
  method('meanComparison, ratioComparison', ({ amount, time, count, treated }) => {
    const arm = (values: number[], one: number) => values.filter((_, i) => treated[i] === one);
    const means = [0, 1].map((one) => statistics.armMoments(arm(amount, one), arm(count, one))) as [statistics.ArmMoments, statistics.ArmMoments]; // prettier-ignore
    const ratios = [0, 1].map((one) => statistics.ratioMoments({ numerator: arm(amount, one), denominator: arm(time, one), counts: arm(count, one) })) as [statistics.RatioMoments, statistics.RatioMoments]; // prettier-ignore
    return [statistics.meanComparison(...means), statistics.ratioComparison(...ratios)];
  }),
];

/** Those whose rows are accounts, one each. */
export const ROW_METHODS: readonly RowMethod[] = [
  ...COUNTED_METHODS,
  method(
    'coxRegression by cluster',
    ({ time, event, start, x, z, account, count }) =>
    estimatesOf(statistics.coxRegression({ time, event, start, cluster: account, weights: count, covariates: { x, z } })), // prettier-ignore
  ),
  method('milestoneEffect', (columns) => {
    const { time, event, reached, x, segment } = columns;
    const data = { time, event, reached, covariates: { x }, strata: segment };
    const landmark = statistics.milestoneEffect(data, { kind: 'landmark', at: 3, horizon: 8 });
    const switched = statistics.milestoneEffect(data, { kind: 'switched' });
    return [landmark, switched].map(({ fit, accounts, leftOut }) => [estimatesOf(fit), accounts, leftOut]);
  }),
  method('harrellConcordance with its error', ({ time, event, start, x }) => {
    const found = statistics.harrellConcordance({ time, event, start, risk: x });
    return [found, statistics.unoConcordance({ time, event, risk: x }, { until: 8 })];
  }),
];
