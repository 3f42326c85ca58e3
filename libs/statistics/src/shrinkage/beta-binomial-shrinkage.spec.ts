import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectNear } from '../survival/testing/reference.js';
import { figures } from '../testing/figures.js';
import { refusal } from '../testing/refusal.js';
import { seededNormal, seededRandom } from '../testing/seeded-random.js';
import { betaBinomialShrinkage } from './beta-binomial-shrinkage.js';
import { risingSums } from './rising-sums.js';
import type { SegmentCounts } from './segment-counts.js';

const py = figures('shrinkage', 'py');
const rats = py.cases.rats as { events: number[]; trials: number[] };
const estimates = (counts: SegmentCounts) => betaBinomialShrinkage(counts).segments.map(({ estimate }) => estimate);

/** Segments whose chances differ, with events by chance. */
function drawn(random: () => number, sizes: readonly number[], spread: number) {
  const truth = sizes.map(() => 1 / (1 + Math.exp(1.4 - spread * seededNormal(random))));
  const events = sizes.map((n, i) => Array.from({ length: n }, () => Number(random() < truth[i]!)).reduce((a, b) => a + b, 0)); // prettier-ignore
  return { truth, events, trials: [...sizes] };
}

describe('1. The figures of methods.md', () => {
  it('1.1 rat tumours (BDA3 table 5.1): α 2.3416, β 14.1148', () => {
    expect(rats.trials.length).toBe(71);
    const { alpha, beta } = betaBinomialShrinkage(rats);
    expect([alpha.toFixed(4), beta.toFixed(4)]).toEqual(['2.3416', '14.1148']);
  });
});

describe('2. As by a general optimiser', () => {
  it.each(['rats', 'large', 'few'])('2.1 %s: α, β, log-likelihood, posterior means and intervals', (name) => {
    const wanted = py.empirical[name];
    const fit = betaBinomialShrinkage(py.cases[name]);
    expectNear([fit.alpha, fit.beta], [wanted.alpha, wanted.beta], 1e-5);
    expectNear([fit.logLikelihood], [wanted.logLikelihood], 1e-11);
    for (const [field, reference] of [
      ['estimate', 'mean'],
      ['lower', 'lower'],
      ['upper', 'upper'],
    ] as const) {
      expectNear(fit.segments.map((one) => one[field]), wanted[reference], 1e-5); // prettier-ignore
    }
  });
});

describe('3. Properties', () => {
  it('3.1 sums of a rising factorial as term by term, at any step', () => {
    const number = fc.double({ min: 1e-3, max: 1, noNaN: true });
    const phi = fc.double({ min: -14, max: 5, noNaN: true }).map((power) => 10 ** power);
    fc.assert(
      fc.property(number, phi, fc.nat(30), fc.integer({ min: 1, max: 3000 }), (x, step, start, length) => {
        let [log, inverse, inverseSquare, size] = [0, 0, 0, 0];
        for (let i = start; i < start + length; i++) {
          log += Math.log(x + i * step);
          size = Math.max(size, Math.abs(log), length);
          inverse += 1 / (x + i * step);
          inverseSquare += 1 / (x + i * step) ** 2;
        }
        const got = risingSums(x, step, start, length);
        expectNear([(got.log - log) / size, got.inverse / inverse - 1, got.inverseSquare / inverseSquare - 1], [0, 0, 0], 1e-9); // prettier-ignore
      }),
    );
  });

  it('3.2 the order of segments makes no difference, and weights are repetitions', () => {
    const reversed = { events: [...rats.events].reverse(), trials: [...rats.trials].reverse() };
    expectNear(estimates(reversed).reverse(), estimates(rats), 1e-9);
    const [events, trials, weights] = [[2, 5, 1, 9], [20, 18, 30, 25], [3, 1, 2, 0]]; // prettier-ignore
    const repeated = { events: [2, 2, 2, 5, 1, 1], trials: [20, 20, 20, 18, 30, 30] };
    const [one, other] = [betaBinomialShrinkage({ events: events!, trials: trials!, weights: weights! }), betaBinomialShrinkage(repeated)]; // prettier-ignore
    expectNear([one.mean, one.concentration, one.logLikelihood], [other.mean, other.concentration, other.logLikelihood], 1e-9); // prettier-ignore
  });

  it('3.3 events and the others exchanged: the same from the other side', () => {
    const [one, other] = [betaBinomialShrinkage(rats), betaBinomialShrinkage({ ...rats, events: rats.events.map((y, i) => rats.trials[i]! - y) })]; // prettier-ignore
    expectNear([other.alpha, other.beta], [one.beta, one.alpha], 1e-9);
    expectNear(other.segments.map(({ lower }) => 1 - lower), one.segments.map(({ upper }) => upper), 1e-9); // prettier-ignore
  });

  it('3.4 the estimate is pull × mean + (1 - pull) × raw; without trials it is the mean; with many, the raw share', () => {
    const { mean, segments } = betaBinomialShrinkage({ events: [5, 0, 9000, 0], trials: [12, 0, 30_000, 40] });
    segments.forEach(({ estimate, pull, raw }) => {
      expect(estimate).toBeCloseTo(pull * mean + (1 - pull) * (raw ?? 0), 12);
    });
    expect(segments[1]).toMatchObject({ raw: null, estimate: mean, pull: 1 });
    expect(segments[2]!.pull).toBeLessThan(0.01);
    expect(Math.abs(segments[2]!.estimate - 0.3)).toBeLessThan(1e-3);
  });

  it('3.5 segments that differ by chance alone or less: complete pooling, with Jeffreys’ interval of all together', () => {
    const fit = betaBinomialShrinkage({ events: [10, 21, 30, 0], trials: [100, 200, 310, 0] });
    expect(fit).toMatchObject({ isPooled: true, alpha: Infinity, concentration: Infinity, heterogeneity: { statistic: 0, p: 1 } }); // prettier-ignore
    for (const { estimate, lower, upper, pull } of fit.segments) {
      expect([estimate, pull]).toEqual([61 / 610, 1]);
      expectNear([lower, upper], py.jeffreys, 1e-9);
    }
    expect(fit.logLikelihood).toBeCloseTo(61 * Math.log(0.1) + 549 * Math.log(0.9), 9);
  });

  it('3.6 as segments become alike, α + β grows without a jump and estimates end at the pooled share', () => {
    const of = (apart: number) => betaBinomialShrinkage({ events: [50 - apart, 50 + apart], trials: [100, 100] });
    const pulls = [20, 10, 8, 6, 5, 4].map((apart) => of(apart).segments[0]!.pull);
    expect([...pulls].sort((a, b) => a - b)).toEqual(pulls);
    expect(of(6).concentration).toBeGreaterThan(100);
    expect([of(6).isPooled, of(3).isPooled]).toEqual([false, true]);
  });

  it('3.7 a test of heterogeneity that finds what there is, and little else', () => {
    const random = seededRandom(8);
    const sizes = Array.from({ length: 20 }, (_, i) => 20 + 10 * (i % 4));
    const found = (spread: number) => Array.from({ length: 50 }, () => betaBinomialShrinkage(drawn(random, sizes, spread)).heterogeneity.p < 0.05).filter(Boolean).length; // prettier-ignore
    expect(found(0)).toBeLessThanOrEqual(6);
    expect(found(0.7)).toBeGreaterThan(45);
  });

  it('3.8 small segments: the error falls by more than 30 % against their raw shares', () => {
    const random = seededRandom(3);
    const sizes = [30, 12, 25, 8, 15, 30, 20, 10, 400, 250];
    let [raw, pulled] = [0, 0];
    for (let run = 0; run < 40; run++) {
      const made = drawn(random, sizes, 0.4);
      betaBinomialShrinkage(made).segments.slice(0, 8).forEach((one, i) => {
        raw += (one.raw! - made.truth[i]!) ** 2;
        pulled += (one.estimate - made.truth[i]!) ** 2;
      }); // prettier-ignore
    }
    expect(Math.sqrt(pulled / raw)).toBeLessThan(0.7);
  });

  it('3.9 the cost does not grow with the counts', () => {
    const { segments } = betaBinomialShrinkage({ events: [3e8, 2e8, 1e8], trials: [1e9, 1e9, 1e9] });
    expectNear(segments.map(({ estimate }) => estimate), [0.3, 0.2, 0.1], 1e-7); // prettier-ignore
  });
});

describe('4. Refusals', () => {
  it.each([
    [[], [], 'not-enough-data: 0 segments have trials'],
    [[3], [10], 'not-enough-data: 1 segments have trials'],
    [[3, 0], [10, 0], 'not-enough-data: 1 segments have trials'],
    [[0, 0], [0, 0], 'not-enough-data: 0 segments have trials'],
    [[0, 0], [9, 8], 'not-enough-data: 0 events in 17 trials'],
    [[9, 8], [9, 8], 'not-enough-data: 17 events in 17 trials'],
    [[9, 0], [9, 8], 'not-enough-data: Segments have all or none'],
    [[9, 3], [9, 2], 'invalid-input: Row 1 has 3 events of 2 trials'],
    [[-1, 3], [9, 8], 'invalid-input: Row 0 has -1 events'],
    [[1.5, 3], [9, 8], 'invalid-input: Row 0 has 1.5 events'],
    [[NaN, 3], [9, 8], 'invalid-input: events[0] is NaN'],
    [[2, 3], [9, Infinity], 'invalid-input: trials[1] is Infinity'],
    [[2, 3, 4], [9, 8], 'invalid-input: events has 3 values for 2 rows'],
  ])('4.1 events %j of trials %j', (events, trials, message) => {
    expect(refusal(() => betaBinomialShrinkage({ events, trials }))).toContain(message);
  });

  it('4.2 weights and confidence', () => {
    const counts = { events: [2, 3], trials: [9, 8] };
    expect(refusal(() => betaBinomialShrinkage({ ...counts, weights: [0, 0] }))).toContain('not-enough-data: All weights are 0'); // prettier-ignore
    expect(refusal(() => betaBinomialShrinkage({ ...counts, weights: [1, -1] }))).toContain('invalid-input: weights[1] is -1'); // prettier-ignore
    expect(refusal(() => betaBinomialShrinkage(counts, { confidence: 1 }))).toContain('invalid-input: confidence is 1');
  });
});
