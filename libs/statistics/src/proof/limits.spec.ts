import { describe, expect, it } from '@jest/globals';
import * as statistics from '../index.js';
import { expectNear } from '../survival/testing/reference.js';
import { drawnRows, type DrawnRow } from '../testing/row-methods.js';
import { seededRandom } from '../testing/seeded-random.js';

const rows = drawnRows(11, 200);
const pick = <K extends keyof DrawnRow>(name: K, of: readonly DrawnRow[] = rows) => of.map((row) => row[name]);
const [time, event, x, z, treated, outcome] = [pick('time'), pick('event'), pick('x'), pick('z'), pick('treated'), pick('outcome')]; // prettier-ignore
const random = seededRandom(5);
/** The same times without ties. */
const apart = time.map((one) => one - random() / 2);
const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one / values.length, 0);
const of = (values: readonly number[], arm: number, by: readonly number[] = treated) => values.filter((_, i) => by[i] === arm); // prettier-ignore

describe('1. Survival', () => {
  it('1.1 without ties Cox’s score test of a group is the log-rank test', () => {
    const { score } = statistics.coxRegression({ time: apart, event, covariates: { z } });
    expectNear([score.statistic], [statistics.logRank({ time: apart, event, group: z }).statistic], 1e-9);
  });

  it('1.2 without ties Efron is Breslow', () => {
    const fit = (ties: 'efron' | 'breslow') => statistics.coxRegression({ time: apart, event, covariates: { x, z } }, { ties }); // prettier-ignore
    const told = (one: statistics.CoxFit) => one.coefficients.flatMap((c) => [c.estimate, c.standardError]);
    expectNear(told(fit('efron')), told(fit('breslow')), 1e-9);
  });

  it('1.3 Cox’s baseline of covariates without effect is Nelson–Aalen', () => {
    // Mirrored rows: each value of the covariate lives just as the other does.
    const twice = { time: [...time, ...time], event: [...event, ...event], covariates: { side: [...time.map(() => -1), ...time.map(() => 1)] } }; // prettier-ignore
    const fit = statistics.coxRegression(twice, { ties: 'breslow' });
    const [baseline] = statistics.coxBaseline(twice, fit);
    const { cumulativeHazard, time: times, events } = statistics.nelsonAalen({ time: twice.time, event: twice.event });
    expect(Math.abs(fit.coefficients[0]!.estimate)).toBeLessThan(1e-9);
    expectNear(baseline!.cumulativeHazard, Array.from(cumulativeHazard).filter((_, j) => events[j]! > 0), 1e-9); // prettier-ignore
    expect(baseline!.time.length).toBeLessThanOrEqual(times.length);
  });

  it('1.4 hazards by period without covariates are Kaplan–Meier', () => {
    const whole = statistics.kaplanMeier({ time, event });
    const fit = statistics.discreteHazard(statistics.personPeriodCounts({ time, event, covariates: {} }));
    const found = statistics.discreteSurvival(fit, {});
    const wanted = found.map(({ period }) => statistics.survivalAt(whole, Number(period))!);
    expectNear(found.map((one) => one.survival), wanted.map((one) => one.survival), 1e-9); // prettier-ignore
    expectNear(found.map((one) => one.standardError), wanted.map((one) => one.standardError), 1e-7); // prettier-ignore
  });

  it('1.5 cloglog’s odds are Cox’s hazards: the finer the periods, the closer', () => {
    const cox = statistics.coxRegression({ time: apart, event, covariates: { x } }).coefficients[0]!.estimate;
    const by = (width: number) =>
      Math.abs(statistics.discreteHazard(statistics.personPeriodCounts({ time: apart, event, covariates: { x } }, { width })).coefficients[0]!.estimate - cox); // prettier-ignore
    expect(by(0.02)).toBeLessThan(0.01);
    expect(by(0.02)).toBeLessThan(by(2));
  });

  it('1.6 nobody censored: curves are shares, and their error that of a share', () => {
    const n = time.length;
    const curve = statistics.kaplanMeier({ time, event: time.map(() => 1) });
    const share = time.filter((one) => one > 4).length / n;
    const { survival, standardError } = statistics.survivalAt(curve, 4)!;
    expectNear([survival, standardError], [share, Math.sqrt((share * (1 - share)) / n)], 1e-9);
  });

  it('1.7 Fleming–Harrington with rho and gamma 0 is the log-rank test; strata of one are none', () => {
    const columns = { time, event, group: pick('group') };
    const plain = statistics.logRank(columns).statistic;
    expectNear([statistics.logRank(columns, { rho: 0, gamma: 0 }).statistic], [plain]);
    expectNear([statistics.logRank({ ...columns, strata: time.map(() => 'all') }).statistic], [plain]);
  });

  it('1.8 a landmark at 0 with nobody there yet is the rows themselves', () => {
    const { row, reached, leftOut } = statistics.landmarkRows(
      { time, event, reached: time.map(() => null) },
      { at: 0 },
    );
    expect([row.length, reached.some((one) => one === 1), leftOut]).toEqual([time.length, false, { event: 0, censored: 0, enteredLater: 0 }]); // prettier-ignore
  });
});

describe('2. Regression', () => {
  const covariates = { x, z };

  it('2.1 one column of 0 and 1: the log odds ratio, the difference of means, with their errors', () => {
    const [fit] = statistics.logisticRegression({ events: outcome, covariates: { treated } }).coefficients;
    const cell = (arm: number, one: number) => of(outcome, arm).filter((value) => value === one).length;
    const cells = [cell(1, 1), cell(1, 0), cell(0, 1), cell(0, 0)] as const;
    const odds = Math.log((cells[0] * cells[3]) / (cells[1] * cells[2]));
    const error = Math.sqrt(cells.reduce((sum, one) => sum + 1 / one, 0));
    expectNear([fit!.estimate, fit!.standardError], [odds, error]);
    const amount = pick('amount');
    const line = statistics.linearRegression({ outcome: amount, covariates: { treated } }).coefficients[0]!;
    const arms = [0, 1].map((arm) => statistics.armMoments(of(amount, arm))) as [statistics.ArmMoments, statistics.ArmMoments]; // prettier-ignore
    const { difference } = statistics.meanComparison(...arms);
    // HC2 of two groups is Welch's error.
    expectNear([line.estimate, line.standardError], [difference.estimate, difference.standardError]);
  });

  it('2.2 a ridge of 0 is none, a flat prior is none, a large one leaves the share alone', () => {
    const plain = statistics.logisticRegression({ events: outcome, covariates });
    const told = (fit: statistics.LogisticFit) => fit.coefficients.flatMap((one) => [one.estimate, one.standardError]);
    expectNear(told(statistics.logisticRegression({ events: outcome, covariates }, { ridge: 0 })), told(plain), 1e-9);
    const flat = { standardDeviation: 1e5 };
    expectNear(told(statistics.logisticRegression({ events: outcome, covariates }, { prior: { x: flat, z: flat } })), told(plain), 1e-6); // prettier-ignore
    const held = statistics.logisticRegression({ events: outcome, covariates }, { ridge: 1e9 });
    expect(held.coefficients.every((one) => Math.abs(one.estimate) < 1e-5)).toBe(true);
    expectNear([1 / (1 + Math.exp(-held.intercept.estimate))], [mean(outcome)], 1e-5);
    expectNear([held.effectiveParameters], [1], 1e-5);
  });

  it('2.3 a ridge is a prior of the same precision', () => {
    const deviation = Math.sqrt(mean(x.map((one) => (one - mean(x)) ** 2)));
    const ridge = statistics.logisticRegression({ events: outcome, covariates: { x } }, { ridge: 4 });
    const prior = statistics.logisticRegression({ events: outcome, covariates: { x } }, { prior: { x: { standardDeviation: 1 / (2 * deviation) } } }); // prettier-ignore
    expectNear([ridge.coefficients[0]!.estimate], [prior.coefficients[0]!.estimate], 1e-8);
  });
});

describe('3. Causes', () => {
  it('3.1 covariates that say nothing of treatment leave the difference of means', () => {
    const even = { treated: [...treated, ...treated.map((one) => 1 - one)], outcome: [...outcome, ...outcome], covariates: { x: [...x, ...x] } }; // prettier-ignore
    const plain = mean(of(even.outcome, 1, even.treated)) - mean(of(even.outcome, 0, even.treated));
    for (const scheme of ['ipw', 'stabilised', 'treated', 'overlap'] as const) {
      expect(statistics.propensityEffect(even, { scheme }).difference.estimate).toBeCloseTo(plain, 9);
    }
  });

  it('3.2 equal weights are worth all their rows; one heavy row is worth one', () => {
    expect(statistics.effectiveSampleSize([3, 3, 3, 3])).toBeCloseTo(4, 12);
    expect(statistics.effectiveSampleSize([1e9, 1, 1, 1])).toBeCloseTo(1, 6);
  });

  it('3.3 no trimming is trimming at 0 and 1', () => {
    const columns = { treated, outcome, covariates: { x, z } };
    const told = ({ difference, trimmed }: statistics.PropensityEffect) => [difference.estimate, difference.standardError, trimmed]; // prettier-ignore
    expectNear(told(statistics.propensityEffect(columns, { trim: [0, 1] })), told(statistics.propensityEffect(columns)), 1e-7); // prettier-ignore
  });
});

describe('4. Experiments', () => {
  const arms = [0, 1].map((arm) => of(outcome, arm)) as [number[], number[]];
  const counts = arms.map((own) => ({ events: own.reduce((a, b) => a + b, 0), accounts: own.length })) as [statistics.ArmCounts, statistics.ArmCounts]; // prettier-ignore

  it('4.1 a ratio over 1 is a mean', () => {
    const ratio = arms.map((own) => statistics.ratioMoments({ numerator: own, denominator: own.map(() => 1) })) as [statistics.RatioMoments, statistics.RatioMoments]; // prettier-ignore
    const plain = arms.map((own) => statistics.armMoments(own)) as [statistics.ArmMoments, statistics.ArmMoments];
    const [short, long] = [statistics.ratioComparison(...ratio), statistics.meanComparison(...plain)];
    const told = ({ difference: one }: statistics.ArmComparison) => [one.estimate, one.lower, one.upper, one.p];
    expectNear(told(short), told(long));
  });

  it('4.2 a share is a mean of 0 and 1, but for n against n - 1', () => {
    const { difference } = statistics.proportionComparison(...counts);
    const plain = statistics.meanComparison(...(arms.map((own) => statistics.armMoments(own)) as [statistics.ArmMoments, statistics.ArmMoments])); // prettier-ignore
    expect(difference.estimate).toBeCloseTo(plain.difference.estimate, 12);
    expect(difference.standardError / plain.difference.standardError).toBeCloseTo(1, 1);
  });

  it('4.3 one test needs no correction; equal p’s share one', () => {
    expect([...statistics.falseDiscovery([0.03]).adjusted]).toEqual([0.03]);
    expectNear(statistics.falseDiscovery([0.02, 0.02, 0.02]).adjusted, [0.02, 0.02, 0.02]);
  });

  it('4.4 the sample-ratio check of two arms is z²', () => {
    const { statistic } = statistics.sampleRatio([530, 470]);
    expectNear([statistic], [((530 - 500) / Math.sqrt(1000 / 4)) ** 2]);
  });
});
