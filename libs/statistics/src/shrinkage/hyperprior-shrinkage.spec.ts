import { describe, expect, it } from '@jest/globals';
import { expectNear } from '../survival/testing/reference.js';
import { figures } from '../testing/figures.js';
import { refusal } from '../testing/refusal.js';
import { betaBinomialShrinkage } from './beta-binomial-shrinkage.js';
import { hyperpriorShrinkage } from './hyperprior-shrinkage.js';
import { discreteGauss } from './discrete-gauss.js';
import { tabulatedQuantile } from './tabulated-distribution.js';

const py = figures('shrinkage', 'py');
interface Wanted {
  readonly segment: [number, number];
  readonly mean: number;
  readonly pull: number;
  readonly lower: number;
  readonly upper: number;
}

describe('1. As by a dense grid over (log(α/β), log(α + β)), BDA3 §5.3', () => {
  it.each(['rats', 'few', 'sparse', 'pair', 'alike'])(
    '1.1 %s: means and pulls to 6 digits, bounds within 0.0005',
    (name) => {
      // prettier-ignore
      const wanted = py.hyper[name];
      const { segments, newSegment, mean, concentration } = hyperpriorShrinkage(py.cases[name]);
      (wanted.segments as Wanted[]).forEach(({ segment: [events, trials], ...reference }, k, all) => {
        const own = k === all.length - 1 ? newSegment : segments.find((one) => one.events === events && one.trials === trials)!; // prettier-ignore
        expectNear([own.estimate, own.pull], [reference.mean, reference.pull], 1e-6);
        expect(Math.abs(own.lower - reference.lower)).toBeLessThan(5e-4);
        expect(Math.abs(own.upper - reference.upper)).toBeLessThan(5e-4);
      });
      expectNear([mean.estimate], [wanted.mean[0]], 1e-6);
      expect(Math.abs(mean.lower - wanted.mean[1])).toBeLessThan(5e-4);
      expect(Math.abs(mean.upper - wanted.mean[2])).toBeLessThan(5e-4);
      expectNear([concentration.lower, concentration.median, concentration.upper], wanted.concentration, 2e-3);
    },
  );
});

describe('2. Properties', () => {
  it('2.1 the order of segments makes no difference, and weights are repetitions', () => {
    const one = hyperpriorShrinkage({ events: [2, 5, 1], trials: [20, 18, 30], weights: [2, 1, 1] });
    const other = hyperpriorShrinkage({ events: [1, 2, 5, 2], trials: [30, 20, 18, 20] });
    const of = (fit: typeof one, trials: number) => Object.values(fit.segments.find((own) => own.trials === trials)!) as number[]; // prettier-ignore
    for (const trials of [20, 18, 30]) expectNear(of(one, trials), of(other, trials), 1e-6);
  });

  it('2.2 few segments: wider than with α and β taken as known; many: nearly the same', () => {
    const width = ({ lower, upper }: { lower: number; upper: number }) => upper - lower;
    const few = py.cases.few;
    const [full, plain] = [hyperpriorShrinkage(few), betaBinomialShrinkage(few)];
    full.segments.forEach((own, i) => expect(width(own)).toBeGreaterThan(1.05 * width(plain.segments[i]!)));
    const many = { events: [2, 5, 1, 9, 4, 7], trials: [20, 18, 30, 25, 22, 28], weights: Array(6).fill(60) };
    const [last, known] = [hyperpriorShrinkage(many).segments[5]!, betaBinomialShrinkage(many).segments[5]!];
    expectNear([last.estimate, last.lower, last.upper, last.pull], [known.estimate, known.lower, known.upper, known.pull], 0.01); // prettier-ignore
  });

  it('2.3 a segment without trials is a new one; one with very many stands for itself', () => {
    const { segments, newSegment } = hyperpriorShrinkage({ events: [3, 0, 9000, 1], trials: [12, 0, 30_000, 20] });
    expect(segments[1]).toEqual(newSegment);
    expect(newSegment).toMatchObject({ raw: null, pull: 1 });
    expect(Math.abs(segments[2]!.estimate - 0.3)).toBeLessThan(1e-3);
    expect(segments[2]!.upper - segments[2]!.lower).toBeLessThan(0.011);
  });

  it('2.4 quantiles of a tabulated normal density to a thousandth of its standard deviation', () => {
    const density = Array.from({ length: 41 }, (_, k) => Math.exp(-((-10 + 0.5 * k) ** 2) / 2));
    const table = { first: -10, step: 0.5, last: 10, density };
    expect(Math.abs(tabulatedQuantile(table, 0.975) - 1.959964)).toBeLessThan(1e-3);
    expect(tabulatedQuantile(table, 0.5)).toBeCloseTo(0, 9);
  });

  it('2.5 few points with the moments of many', () => {
    const at = Array.from({ length: 40 }, (_, k) => -1 + k / 12);
    const many = { at, weight: at.map((x) => Math.exp(-x * x + x / 3)) };
    const moment = (points: typeof many, power: number) => {
      const total = points.weight.reduce((sum, one) => sum + one, 0);
      return points.at.reduce((sum, x, i) => sum + (points.weight[i]! * x ** power) / total, 0);
    };
    const few = discreteGauss(many, 5);
    for (let power = 0; power < 10; power++) expectNear([moment({ at: [...few.at], weight: [...few.weight] }, power)], [moment(many, power)], 1e-9); // prettier-ignore
  });

  it('2.6 events and the others exchanged: the same from the other side, also where a segment has all of them', () => {
    const counts = { events: [175, 4, 394, 427, 354], trials: [175, 62, 394, 427, 354] };
    const turned = { ...counts, events: counts.events.map((y, i) => counts.trials[i]! - y) };
    const [one, other] = [hyperpriorShrinkage(counts), hyperpriorShrinkage(turned)];
    one.segments.forEach(({ lower, estimate, upper }, i) => {
      const there = other.segments[i]!;
      expectNear([1 - there.upper, 1 - there.estimate, 1 - there.lower], [lower, estimate, upper], 1e-7);
      expect(lower <= estimate && estimate <= upper).toBe(true);
    });
  });
});

describe('3. Refusals', () => {
  it.each([
    [[], [], 'not-enough-data: 0 segments have trials'],
    [[3], [10], 'not-enough-data: 1 segments have trials'],
    [[0, 0], [9, 8], 'not-enough-data: 0 events in 17 trials'],
    [[9, 0], [9, 8], 'not-enough-data: No segment has both outcomes'],
    [[9, NaN], [9, 8], 'invalid-input: events[1] is NaN'],
    [[9, 3], [9, 2], 'invalid-input: Row 1 has 3 events of 2 trials'],
  ])('3.1 events %j of trials %j', (events, trials, message) => {
    expect(refusal(() => hyperpriorShrinkage({ events, trials }))).toContain(message);
  });
});
