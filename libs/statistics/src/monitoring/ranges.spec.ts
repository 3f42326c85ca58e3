import { describe, expect, it } from '@jest/globals';
import { betaCdf } from '../distributions.js';
import { expectNear } from '../survival/testing/reference.js';
import { figures } from '../testing/figures.js';
import { refusal } from '../testing/refusal.js';
import { seededNormal, seededRandom } from '../testing/seeded-random.js';
import { ALERT_START, alertStep } from './alert-state.js';
import { betaBinomial } from './beta-binomial.js';
import { countRange, type CountHistory } from './count-range.js';
import type { ExpectedRange } from './expected-range.js';
import { proportionRange, type ProportionHistory } from './proportion-range.js';

const py = figures('monitoring', 'py');
const { weekdays, trials, events, exposures, counts, plain } = py.history as Record<string, number[]>;
const shares: ProportionHistory = { events: events!, trials: trials!, weekdays: weekdays! };
const rates: CountHistory = { counts: counts!, exposures: exposures!, weekdays: weekdays! };
const days = (n: number) => Array.from({ length: n }, (_, i) => i);

function expectRange(got: ExpectedRange, wanted: typeof py.plain): void {
  expectNear([got.expected, got.dispersion, got.observed!.score], [wanted.expected, wanted.dispersion, wanted.score], 1e-7); // prettier-ignore
  expect([got.lower, got.upper]).toEqual([wanted.lower, wanted.upper]);
}

describe('1. As scipy’s distributions at the dispersion found by root finding', () => {
  it('1.1 shares: beta-binomial', () => {
    for (const wanted of py.proportions) expectRange(proportionRange(shares, wanted.day), wanted);
  });

  it('1.2 counts: negative binomial', () => {
    for (const wanted of py.counts) expectRange(countRange(rates, wanted.day), wanted);
    expectRange(countRange({ ...rates, counts: plain! }, py.plain.day), py.plain);
  });
});

describe('2. Properties', () => {
  it('2.1 the order of days makes no difference, nor the code of weekdays', () => {
    const turned = { events: [...events!].reverse(), trials: [...trials!].reverse(), weekdays: weekdays!.map((w) => 6 - w).reverse() }; // prettier-ignore
    const [one, other] = [proportionRange(shares, { trials: 200, weekday: 2, events: 44 }), proportionRange(turned, { trials: 200, weekday: 4, events: 44 })]; // prettier-ignore
    expectNear([other.expected, other.dispersion, other.observed!.score], [one.expected, one.dispersion, one.observed!.score], 1e-9); // prettier-ignore
    expect([other.lower, other.upper]).toEqual([one.lower, one.upper]);
  });

  it('2.2 weekday first: what the week explains is not dispersion', () => {
    const [own, blind] = [proportionRange(shares, { trials: 200, weekday: 6 }), proportionRange({ events: events!, trials: trials! }, { trials: 200 })]; // prettier-ignore
    expect(own.dispersion).toBeLessThan(blind.dispersion / 2);
    expect(own.upper - own.lower).toBeLessThan(blind.upper - blind.lower);
    expect(own.degreesOfFreedom).toBe(blind.degreesOfFreedom - 6);
  });

  it('2.3 no dispersion and a long history: the binomial’s range, and Poisson’s', () => {
    const long = days(2000);
    const range = proportionRange({ events: long.map(() => 20), trials: long.map(() => 100) }, { trials: 100 });
    // qbinom(c(.025, .975), 100, .2) and qpois(c(.025, .975), 20) in R.
    expect([range.dispersion, range.lower, range.upper]).toEqual([0, 12, 28]);
    const count = countRange({ counts: long.map(() => 20) });
    expect([count.dispersion, count.lower, count.upper]).toEqual([0, 12, 29]);
  });

  it('2.4 a short history of zeros is not certain of zero', () => {
    expect(countRange({ counts: [0, 0, 0, 0] })).toMatchObject({ lower: 0, dispersion: 0 });
    expect(countRange({ counts: [0, 0, 0, 0] }).upper).toBeGreaterThan(0);
    const none = proportionRange({ events: [0, 0, 0], trials: [50, 40, 60] }, { trials: 50, events: 1 });
    expect([none.lower, none.observed!.isOutside]).toEqual([0, false]);
    const all = proportionRange({ events: [50, 40, 60], trials: [50, 40, 60] }, { trials: 50, events: 50 });
    expect([all.upper, all.observed!.isOutside]).toEqual([50, false]);
  });

  it('2.5 of 95 % ranges about 95 % hold the next day; of plain Poisson ones far fewer do', () => {
    const random = seededRandom(12);
    let [inside, poisson, squares] = [0, 0, 0];
    const poissonOf = (mean: number) => {
      let count = 0;
      for (let product = random(); product > Math.exp(-mean); product *= random()) count++;
      return count;
    };
    const draw = () => poissonOf(40 * Math.exp(0.25 * seededNormal(random)));
    const runs = 400;
    for (let run = 0; run < runs; run++) {
      const { observed } = countRange({ counts: days(28).map(draw) }, { count: draw() });
      inside += Number(!observed!.isOutside);
      poisson += Number(Math.abs(observed!.value - 41.3) <= 1.96 * Math.sqrt(41.3));
      squares += observed!.score ** 2;
    }
    expect(inside / runs).toBeGreaterThan(0.92);
    expect(inside / runs).toBeLessThan(0.985);
    expect(poisson / runs).toBeLessThan(0.85);
    expect(Math.abs(squares / runs - 1)).toBeLessThan(0.3);
  });

  it('2.6 as many trials as one likes: what is folded into a beta meets what is counted out', () => {
    const [counted, folded] = [betaBinomial(200_000, 30, 70), betaBinomial(200_001, 30, 70)];
    for (const p of [0.001, 0.025, 0.5, 0.999]) expect(Math.abs(counted.quantile(p) / folded.quantile(p) - 1)).toBeLessThan(1e-4); // prettier-ignore
    expect(folded.cdf(60_000)).toBeCloseTo(betaCdf(0.3, 30, 70), 4);
    expect(proportionRange(shares, { trials: 1e9, weekday: 1 }).upper).toBeLessThan(5e8);
  });

  it('2.7 a beta-binomial with chances near 0 and 1 only', () => {
    const { quantile, cdf } = betaBinomial(10, 1e-6, 1e-6);
    expect([quantile(0.49), quantile(0.51)]).toEqual([0, 10]);
    expect(cdf(5)).toBeCloseTo(0.5, 4);
    expect(betaBinomial(0, 2, 3).quantile(0.9)).toBe(0);
  });
});

describe('3. Alerts', () => {
  const rule = { raise: 4, clear: 2, cooldownDays: 5 };
  const changes = (levels: number[]) => {
    let state = ALERT_START;
    return levels.map((level, day) => {
      const step = alertStep(state, { day, level }, rule);
      state = step.state;
      return step.change;
    });
  };

  it('3.1 hysteresis: between the two levels it stays as it is', () => {
    expect(changes([3, 4, 4.1, 3, 5, 2, 1.9, 3])).toEqual([null, null, 'raised', null, null, null, 'cleared', null]);
  });

  it('3.2 cooldown: not again for so many days, then at once', () => {
    expect(changes([5, 1, 5, 5, 5, 5, 5, 5])).toEqual(['raised', 'cleared', null, null, null, null, 'raised', null]);
  });

  it.each([
    [{ clear: 5 }, { day: 1, level: 1 }, 'The rule raises at 4, clears at 5'],
    [{ cooldownDays: -1 }, { day: 1, level: 1 }, 'cools down for -1 days'],
    [{ raise: NaN }, { day: 1, level: 1 }, 'The rule raises at NaN'],
    [{}, { day: 1, level: NaN }, 'The look is of day 1 with level NaN'],
    [{}, { day: NaN, level: 1 }, 'The look is of day NaN'],
  ])('3.3 refuses %j %j', (part, look, message) => {
    expect(refusal(() => alertStep(ALERT_START, look, { ...rule, ...part }))).toContain(message);
  });

  it('3.4 a state that lost a field where it was kept', () => {
    const rule = { raise: 3, clear: 2, cooldownDays: 5 };
    for (const state of [{}, { isOpen: true }, { isOpen: false, clearedOn: NaN }, { isOpen: 1, clearedOn: null }])
      expect(refusal(() => alertStep(state as typeof ALERT_START, { day: 1, level: 9 }, rule))).toMatch(/^invalid-input: The state has isOpen/); // prettier-ignore
  });
});

describe('4. Refusals', () => {
  it.each([
    [[], [], undefined, 'not-enough-data: 0 days'],
    [[3], [10], undefined, 'not-enough-data: 1 days'],
    [[0, 0], [0, 0], undefined, 'not-enough-data: 0 days'],
    [[3, 4], [10, 10], [0, 1], 'not-enough-data: 2 days with trials or exposure on 2 weekdays'],
    [[3, 4, 5], [10, 10, 10], [1, 1, 1], 'not-enough-data: The history has no day of weekday 0'],
    [[0, 10, 0, 10], [10, 10, 10, 10], undefined, 'not-enough-data: Days differ as far as days can'],
    [[3, 11], [10, 10], undefined, 'invalid-input: Row 1 has 11 events of 10'],
    [[3, -1], [10, 10], undefined, 'invalid-input: Row 1 has -1 events'],
    [[3, NaN], [10, 10], undefined, 'invalid-input: events[1] is NaN'],
    [[3, 4], [10, Infinity], undefined, 'invalid-input: trials[1] is Infinity'],
    [[3, 4], [10, 10], [0, 7], 'invalid-input: weekdays[1] is 7'],
  ])('4.1 events %j of trials %j on weekdays %j', (own, of, on, message) => {
    expect(refusal(() => proportionRange({ events: own, trials: of, ...(on ? { weekdays: on } : {}) }, { trials: 10 }))).toContain(message); // prettier-ignore
  });

  it.each([
    [[], undefined, {}, 'not-enough-data: 0 days'],
    [[3, NaN], undefined, {}, 'invalid-input: counts[1] is NaN'],
    [[3, 2.5], undefined, {}, 'invalid-input: counts[1] is 2.5'],
    [[3, -2], undefined, {}, 'invalid-input: counts[1] is -2'],
    [[3, 2], [1, 0], {}, 'invalid-input: counts[1] is 2 with exposure 0'],
    [[3, 2], [1, -1], {}, 'invalid-input: counts[1] is 2 with exposure -1'],
    [[3, 2], [1, 1], { exposure: 0 }, 'invalid-input: exposure is 0'],
    [[3, 2], [1, 1], { count: 1.5 }, 'invalid-input: count is 1.5'],
    [[3, 2], [1, 1], { weekday: 9 }, 'invalid-input: weekday is 9'],
    [[3, 2], [1, 1], { weekday: 3 }, 'not-enough-data: The history has no day of weekday 3'],
  ])('4.2 counts %j with exposures %j, day %j', (own, exposure, day, message) => {
    expect(refusal(() => countRange({ counts: own, ...(exposure ? { exposures: exposure } : {}) }, day))).toContain(message); // prettier-ignore
  });

  it('4.3 the day’s own counts and the confidence', () => {
    expect(refusal(() => proportionRange(shares, { trials: 10, events: 11 }))).toContain('The day has 11 events of 10');
    expect(refusal(() => proportionRange(shares, { trials: 10 }, { confidence: 2 }))).toContain('confidence is 2');
  });
});
