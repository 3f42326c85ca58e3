import { describe, expect, it } from '@jest/globals';
import { refusal } from '../testing/refusal.js';
import type { CoxFit } from './cox-regression.js';
import { coxRegression } from './cox-regression.js';
import { discreteHazard } from './discrete-hazard.js';
import { immortalTimeLesson } from './immortal-time.js';
import { milestoneEffect } from './milestone-effect.js';
import { personPeriodCounts, personPeriods } from './person-periods.js';
import { dataSet, expectNear, reference } from './testing/reference.js';

const r = reference('r');
const { jasa } = r;
const first = ({ coefficients }: CoxFit) => [coefficients[0]!.ratio, coefficients[0]!.p];

describe('1. Immortal time, on the Stanford heart data', () => {
  const lesson = immortalTimeLesson(jasa, [30]);

  it('1.1 naive HR 0.27 (p 6e-8), landmark at day 30 HR 0.92 (p .75)', () => {
    const [naive, landmark] = [first(lesson.naive), first(lesson.landmarks[0]!.fit)] as [number[], number[]];
    expect([naive[0]!.toFixed(2), naive[1]!.toExponential(0)]).toEqual(['0.27', '6e-8']);
    expect([landmark[0]!.toFixed(2), landmark[1]!.toFixed(2)]).toEqual(['0.92', '0.75']);
    expectNear(naive, r.immortal.naive, 1e-6);
    expectNear(landmark, r.immortal.landmark, 1e-6);
    expect(lesson.landmarks[0]!.accounts).toBe(r.immortal.active);
  });

  it('1.2 time-varying HR 1.14 (p .67), with survival’s own (start, stop] rows', () => {
    const { start, stop, event, transplant } = dataSet('heart');
    const fit = coxRegression({ time: stop!, event: event!, start: start!, covariates: { transplant: transplant! } });
    const [ratio, p] = first(fit) as [number, number];
    expect([ratio.toFixed(2), p.toFixed(2)]).toEqual(['1.14', '0.67']);
    expectNear([ratio, p], r.immortal.switched, 1e-6);
  });

  it('1.3 the rows that we split ourselves answer as tmerge’s do', () => {
    expectNear(first(lesson.switched.fit), r.immortal.switchedDays, 1e-6);
  });

  it('1.4 a milestone as a fixed covariate is refused, and the refusal says what to do', () => {
    const covariates = { reached: jasa.time.map(() => 1) };
    const said = refusal(() => milestoneEffect({ ...jasa, covariates }, { kind: 'switched' }));
    expect(said).toMatch(/^invalid-input: .*Use \{ kind: 'landmark', at \} or \{ kind: 'switched' \}/);
    expect(refusal(() => milestoneEffect(jasa, { kind: 'landmark', at: 1e6 }))).toMatch(/^not-enough-data: /);
  });
});

describe('2. Hazards by week, on rossi', () => {
  const { week, arrest, fin, age, race, wexp, mar, paro, prio } = dataSet('rossi');
  const covariates = { fin: fin!, age: age!, race: race!, wexp: wexp!, mar: mar!, paro: paro!, prio: prio! };
  const data = { time: week!, event: arrest! };
  const lines = personPeriods(data);
  const rows = {
    period: lines.period,
    events: lines.event,
    covariates: Object.fromEntries(
      Object.entries(covariates).map(([name, column]) => [name, Array.from(lines.row, (i) => column[i]!)]),
    ),
  };

  it('2.1 19,809 person-weeks; cloglog with week dummies: fin −.38017, prio .09177', () => {
    expect(lines.row.length).toBe(19_809);
    const { coefficients, names } = discreteHazard(rows);
    const of = (name: string) => coefficients[names.indexOf(name)]!.estimate.toFixed(5);
    expect([of('fin'), of('prio')]).toEqual(['-0.38017', '0.09177']);
  });

  it.each(['cloglog', 'logit'] as const)('2.2 %s, as R’s glm', (link) => {
    const fit = discreteHazard(rows, { link });
    expectNear(fit.coefficients.map((one) => one.estimate), r.discrete[link].estimate, 1e-6); // prettier-ignore
    expectNear(fit.coefficients.map((one) => one.standardError), r.discrete[link].standardError, 1e-5); // prettier-ignore
    expectNear([fit.logLikelihood], [r.discrete[link].logLikelihood], 1e-7);
  });

  it('2.3 counts by pattern answer as lines do', () => {
    const counts = personPeriodCounts({ ...data, covariates });
    expect(counts.events.length).toBeLessThan(lines.row.length);
    const [short, long] = [discreteHazard(counts), discreteHazard(rows)];
    const order = long.names.map((name) => short.names.indexOf(name));
    expectNear(order.map((k) => short.coefficients[k]!.estimate), long.coefficients.map((one) => one.estimate), 1e-8); // prettier-ignore
    expectNear([short.logLikelihood], [long.logLikelihood], 1e-9);
  });

  it('2.3a weights of any size count alike; patterns and periods without number are refused, not written', () => {
    const weighted = (weight: number) => personPeriodCounts({ ...data, covariates, weights: data.time.map(() => weight) }); // prettier-ignore
    expect(weighted(1e-11).period).toEqual(weighted(1).period);
    const many = Array.from({ length: 2000 }, (_, i) => i);
    const own = { time: many.map(() => 9000), event: many.map(() => 1), covariates: { x: many } };
    expect(refusal(() => personPeriodCounts(own))).toMatch(/^invalid-input: More than 1111 patterns/);
    expect(personPeriodCounts({ ...own, covariates: { x: many.map(() => 1) } }).events.length).toBe(9000);
  });

  it('2.4 scale and centre of a covariate change nothing but its unit', () => {
    const moved = { ...rows.covariates, age: rows.covariates['age']!.map((one) => (one - 24) / 10) };
    const [plain, scaled] = [discreteHazard(rows), discreteHazard({ ...rows, covariates: moved })];
    const place = plain.names.indexOf('age');
    expectNear([scaled.coefficients[place]!.estimate], [10 * plain.coefficients[place]!.estimate], 1e-6);
    expectNear([scaled.logLikelihood], [plain.logLikelihood], 1e-9);
  });

  it('2.5 what can’t be fitted is refused', () => {
    const perfect = { events: [0, 0, 1, 1], covariates: { x: [0, 0, 1, 1] } };
    expect(refusal(() => discreteHazard(perfect))).toMatch(/^separation: /);
    const twins = { events: [0, 1, 0, 1], covariates: { x: [0, 1, 2, 3], y: [0, 2, 4, 6] } };
    expect(refusal(() => discreteHazard(twins))).toMatch(/^collinear: /);
    expect(refusal(() => discreteHazard({ events: [], covariates: {} }))).toMatch(/^not-enough-data: /);
    expect(refusal(() => discreteHazard({ events: [0, 1], covariates: { x: [1, NaN] } }))).toMatch(/^invalid-input: /);
  });
});
