import { describe, expect, it } from '@jest/globals';
import * as statistics from '../index.js';
import { expectNear } from '../survival/testing/reference.js';
import { drawnRows, numbersOf, type DrawnRow } from '../testing/row-methods.js';

const rows = drawnRows(7, 300);
const pick = <K extends keyof DrawnRow>(name: K, of: readonly DrawnRow[] = rows) => of.map((row) => row[name]);
const [time, event, start] = [pick('time'), pick('event'), pick('start')];
const late = { time, event, start };
const same = (one: unknown, other: unknown, share = 1e-9) => expectNear(numbersOf(one), numbersOf(other), share);
const arms = [0, 1].map((arm) => rows.filter((row) => row.treated === arm)) as [DrawnRow[], DrawnRow[]];

/** Distinct rows by some fields, with how many of them there are: what a database groups by. */
function patterns<K extends keyof DrawnRow>(names: readonly K[], of: readonly DrawnRow[] = rows) {
  const byKey = new Map<string, { row: DrawnRow; count: number }>();
  for (const row of of) {
    const key = names.map((name) => row[name]).join();
    const known = byKey.get(key);
    if (known) known.count++;
    else byKey.set(key, { row, count: 1 });
  }
  const lines = [...byKey.values()];
  return { lines: lines.map(({ row }) => row), count: lines.map(({ count }) => count) };
}

/** The table as SQL would make it: counted at each time, with no code of ours. */
function countedByTime() {
  const times = [...new Set([...time, ...start.filter((one) => one > 0)])].sort((a, b) => a - b);
  const count = (is: (row: DrawnRow, at: number) => boolean) => times.map((at) => rows.filter((row) => is(row, at)).length); // prettier-ignore
  return {
    time: times,
    atRisk: count((row, at) => row.start < at && at <= row.time),
    events: count((row, at) => row.time === at && row.event === 1),
  };
}

describe('1. Risk tables answer as rows do', () => {
  const table = countedByTime();

  it('1.1 Kaplan–Meier, its quantiles and the number at risk', () => {
    const [short, long] = [statistics.kaplanMeier(table), statistics.kaplanMeier(late)];
    for (const field of ['time', 'atRisk', 'survival', 'standardError', 'lower', 'upper'] as const)
      same(short[field], long[field]);
    same(statistics.medianSurvival(short), statistics.medianSurvival(long));
    expect(statistics.numberAtRisk(short, 4.5)).toBe(statistics.numberAtRisk(long, 4.5));
  });

  it('1.2 Nelson–Aalen', () => {
    for (const ties of ['none', 'split'] as const) {
      same(statistics.nelsonAalen(table, { ties }), statistics.nelsonAalen(late, { ties }));
    }
  });

  it('1.3 restricted mean', () => {
    same(statistics.restrictedMean(table, 8), statistics.restrictedMean(late, 8));
  });

  it('1.4 log-rank, by group and stratum', () => {
    const columns = { ...late, group: pick('group'), strata: pick('segment') };
    const tables = statistics.groupedRiskTables(columns);
    const parsed = JSON.parse(JSON.stringify(tables, (_, value) => (ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value))) as statistics.GroupedRiskTables; // prettier-ignore
    same(statistics.logRank(parsed, { rho: 1 }), statistics.logRank(columns, { rho: 1 }));
  });

  it('1.5 Aalen–Johansen', () => {
    const events = [1, 2].map((cause) => table.time.map((at) => rows.filter((row) => row.time === at && row.cause === cause).length)); // prettier-ignore
    const found = statistics.aalenJohansen({ time: table.time, atRisk: table.atRisk, events });
    same(found, statistics.aalenJohansen({ time, start, cause: pick('cause') }));
  });

  it('1.6 censoring weights, Uno’s concordance and Brier scores take the table of another sample', () => {
    const risk = pick('x');
    const censoring = statistics.riskTable({ time, event });
    same(statistics.unoConcordance({ time, event, risk }, { until: 8, censoring }), statistics.unoConcordance({ time, event, risk }, { until: 8 })); // prettier-ignore
    same(statistics.brierScore({ time, event }, pick('share'), 5, censoring), statistics.brierScore({ time, event }, pick('share'), 5)); // prettier-ignore
  });
});

describe('2. Counts by pattern answer as rows do', () => {
  it('2.1 hazards by period', () => {
    const covariates = { z: pick('z'), segment: pick('segment') };
    const lines = statistics.personPeriods({ time, event });
    const counts = statistics.personPeriodCounts({ time, event, covariates });
    const join = (column: readonly number[]) => Array.from(lines.row, (i) => column[i]!);
    const long = { period: lines.period, events: lines.event, covariates: { z: join(covariates.z), segment: join(covariates.segment) } }; // prettier-ignore
    expect(counts.events.length).toBeLessThan(lines.row.length / 5);
    for (const link of ['cloglog', 'logit'] as const) {
      const fits = [counts, long].map((data) => statistics.discreteHazard(data, { link }));
      const told = fits.map(({ coefficients, periods, logLikelihood }) => [coefficients, periods, logLikelihood]);
      same(told[0], told[1], 1e-7);
    }
  });

  it('2.2 Cox, with counts of equal rows', () => {
    const { lines, count } = patterns(['time', 'event', 'start', 'z', 'segment']);
    const of = (list: readonly DrawnRow[], counts?: number[]) =>
      statistics.coxRegression({ time: pick('time', list), event: pick('event', list), start: pick('start', list), counts, covariates: { z: pick('z', list), segment: pick('segment', list) } }); // prettier-ignore
    const [short, long] = [of(lines, count), of(rows)];
    expect(lines.length).toBeLessThan(rows.length);
    same([short.coefficients, short.logLikelihood, short.events], [long.coefficients, long.logLikelihood, long.events]);
  });

  it('2.3 logistic and linear regression', () => {
    const { lines, count } = patterns(['z', 'segment']);
    const trialsOf = ({ z, segment }: DrawnRow) => rows.filter((row) => row.z === z && row.segment === segment);
    const events = lines.map((line) => trialsOf(line).filter((row) => row.outcome === 1).length);
    const of = (list: readonly DrawnRow[]) => ({ z: pick('z', list), segment: pick('segment', list) });
    const told = ({ iterations: _, ...fit }: statistics.LogisticFit) => ({ ...fit, trials: 0 });
    same(told(statistics.logisticRegression({ events, trials: count, covariates: of(lines) })), told(statistics.logisticRegression({ events: pick('outcome'), covariates: of(rows) })), 1e-7); // prettier-ignore
    const amounts = patterns(['z', 'amount']);
    const linear = (list: readonly DrawnRow[], counts?: number[]) =>
      statistics.linearRegression({ outcome: pick('amount', list), counts, covariates: { z: pick('z', list) } });
    same(linear(amounts.lines, amounts.count), linear(rows));
  });

  it('2.4 propensity weights, overlap, balance, and the augmented effect', () => {
    const names = ['treated', 'outcome', 'z', 'segment', 'fold'] as const;
    const { lines, count } = patterns(names);
    const columns = (list: readonly DrawnRow[], counts?: number[]) => ({
      treated: pick('treated', list),
      outcome: pick('outcome', list),
      fold: pick('fold', list),
      covariates: { z: pick('z', list), segment: pick('segment', list) },
      counts,
    });
    for (const scheme of ['ipw', 'stabilised', 'treated', 'overlap'] as const) {
      same(statistics.propensityEffect(columns(lines, count), { scheme }), statistics.propensityEffect(columns(rows), { scheme }), 1e-7); // prettier-ignore
    }
    const [short, long] = [statistics.augmentedEffect(columns(lines, count)), statistics.augmentedEffect(columns(rows))]; // prettier-ignore
    same([short.difference, short.riskRatio], [long.difference, long.riskRatio], 1e-7);
  });
});

describe('3. Moments answer as rows do', () => {
  const moments = (values: readonly number[]) => {
    const n = values.length;
    const [sum, squares] = [values.reduce((a, b) => a + b, 0), values.reduce((a, b) => a + b * b, 0)];
    return { accounts: n, mean: sum / n, variance: (squares - (sum * sum) / n) / (n - 1) };
  };

  it('3.1 means, from Σ, Σ², n', () => {
    const [short, long] = [moments, statistics.armMoments].map((of) => statistics.meanComparison(of(pick('amount', arms[0])), of(pick('amount', arms[1])))); // prettier-ignore
    same(short, long);
  });

  it('3.2 ratios, from the same and Σ of products', () => {
    const products = (list: readonly DrawnRow[]): statistics.RatioMoments => {
      const [numerator, denominator] = [moments(pick('amount', list)), moments(pick('time', list))];
      const sum = list.reduce((all, row) => all + row.amount * row.time, 0);
      const covariance = (sum - list.length * numerator.mean * denominator.mean) / (list.length - 1);
      return { accounts: list.length, numerator, denominator, covariance };
    };
    const rowsOf = (list: readonly DrawnRow[]) => statistics.ratioMoments({ numerator: pick('amount', list), denominator: pick('time', list) }); // prettier-ignore
    same(statistics.ratioComparison(products(arms[0]), products(arms[1])), statistics.ratioComparison(rowsOf(arms[0]), rowsOf(arms[1]))); // prettier-ignore
  });
});
