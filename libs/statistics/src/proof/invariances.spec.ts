import { describe, it } from '@jest/globals';
import * as statistics from '../index.js';
import { expectNear } from '../survival/testing/reference.js';
import { COUNTED_METHODS, drawnRows, ROW_METHODS, writtenOut, type DrawnRow } from '../testing/row-methods.js';
import { seededRandom } from '../testing/seeded-random.js';

const SEEDS = [1, 2, 3];

function shuffled(rows: readonly DrawnRow[], random: () => number): DrawnRow[] {
  const order = rows.map((row) => ({ row, key: random() }));
  return order.sort((a, b) => a.key - b.key).map(({ row }) => row);
}

const columnsOf = <K extends keyof DrawnRow>(rows: readonly DrawnRow[], ...names: K[]) =>
  Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])])) as { [N in K]: DrawnRow[N][] };

describe('1. The order of rows says nothing', () => {
  it.each(ROW_METHODS)('1.1 to $name', ({ run }) => {
    for (const seed of SEEDS) {
      const rows = drawnRows(seed);
      expectNear(run(shuffled(rows, seededRandom(seed))), run(rows), 1e-7);
    }
  });
});

describe('2. A row of count 3 is three rows', () => {
  it.each(COUNTED_METHODS)('2.1 to $name', ({ run }) => {
    for (const seed of SEEDS) {
      const rows = drawnRows(seed, 48);
      expectNear(run(rows), run(writtenOut(rows)), 1e-6);
    }
  });
});

describe('3. Time at risk may be split', () => {
  const split = (rows: readonly DrawnRow[], cut: number): DrawnRow[] =>
    rows.flatMap((row) =>
      row.start < cut && cut < row.time
        ? [{ ...row, time: cut, event: 0, cause: 0 }, { ...row, start: cut }] // prettier-ignore
        : [row],
    );

  it.each(SEEDS)('3.1 drawn rows %i: Cox with strata, its robust error by account, its test, its curve', (seed) => {
    const fitted = (rows: readonly DrawnRow[]) => {
      const { x, z, segment, account, count, ...own } = columnsOf(rows, 'time', 'event', 'start', 'x', 'z', 'segment', 'account', 'count'); // prettier-ignore
      const columns = { ...own, strata: segment, cluster: account, weights: count, covariates: { x, z } };
      const fit = statistics.coxRegression(columns);
      const baseline = statistics.coxBaseline(columns, fit).find((one) => one.stratum === 0)!;
      // Predicted where covariates are 0: the means themselves move with the number of rows.
      const [at] = statistics.coxSurvival(fit, baseline, { x: 0, z: 0 }, [5]);
      const { global } = statistics.schoenfeldTest(columns, fit, 'identity');
      return [fit.coefficients.map((one) => [one.estimate, one.standardError]).flat(), fit.logLikelihood, global.statistic, at!.survival, at!.standardError].flat(); // prettier-ignore
    };
    const rows = drawnRows(seed).map((row, i) => ({ ...row, account: `own ${i}` }));
    expectNear(fitted(split(split(rows, 3), 5)), fitted(rows), 1e-7);
  });

  it.each(SEEDS)('3.2 drawn rows %i: hazards, log-rank, incidence, concordance', (seed) => {
    const told = (rows: readonly DrawnRow[]) => {
      const { x, group, ...own } = columnsOf(rows, 'time', 'event', 'start', 'x', 'group');
      const { cumulativeHazard, standardError } = statistics.nelsonAalen(own);
      const { statistic } = statistics.logRank({ ...own, group }, { rho: 0.5 });
      const { causes } = statistics.aalenJohansen(columnsOf(rows, 'time', 'start', 'cause'));
      const ends = causes.flatMap((one) => [one.incidence.at(-1)!, one.standardError.at(-1)!]);
      const pairs = statistics.harrellConcordance({ ...own, risk: x });
      const periods = statistics.personPeriods(own);
      return [cumulativeHazard.at(-1)!, standardError.at(-1)!, statistic, ...ends, pairs.concordance, periods.row.length]; // prettier-ignore
    };
    const rows = drawnRows(seed);
    expectNear(told(split(rows, 4)), told(rows), 1e-7);
  });
});

describe('4. A covariate’s unit and zero change its coefficient’s unit, and nothing else', () => {
  const moved = (rows: readonly DrawnRow[], [shift, scale]: readonly [number, number]) =>
    rows.map((row) => ({ ...row, x: shift + scale * row.x }));

  it.each([
    [1000, 0.001],
    [-5e6, 2000],
    [0, -7],
  ])('4.1 %d + %d x', (shift, scale) => {
    for (const seed of SEEDS) {
      const told = (rows: readonly DrawnRow[], unit: number) => {
        const { x, z, segment, outcome, amount, treated, fold, ...own } = columnsOf(rows, 'time', 'event', 'start', 'x', 'z', 'segment', 'outcome', 'amount', 'treated', 'fold'); // prettier-ignore
        const covariates = { x, z };
        const fits = [
          statistics.coxRegression({ ...own, strata: segment, covariates }),
          statistics.discreteHazard({ events: outcome, covariates }),
          statistics.logisticRegression({ events: outcome, covariates }),
          statistics.logisticRegression({ events: outcome, covariates }, { ridge: 2 }),
        ];
        const linear = statistics.linearRegression({ outcome: amount, covariates }).coefficients;
        const { global } = statistics.schoenfeldTest({ ...own, covariates }, statistics.coxRegression({ ...own, covariates })); // prettier-ignore
        const weighted = statistics.propensityEffect({ treated, outcome, covariates }).difference;
        const augmented = statistics.augmentedEffect({ treated, outcome, fold, covariates }).difference;
        return [
          ...[...fits.map((fit) => fit.coefficients), linear].flatMap(([first, second]) => [
            first!.estimate * unit,
            first!.standardError * Math.abs(unit),
            second!.estimate,
            second!.standardError, // prettier-ignore
          ]),
          ...fits.map((fit) => fit.logLikelihood),
          global.statistic,
          ...[weighted, augmented].flatMap((one) => [one.estimate, one.standardError]),
        ];
      };
      const rows = drawnRows(seed);
      expectNear(told(moved(rows, [shift, scale]), scale), told(rows, 1), 1e-6);
    }
  });
});
