import { describe, expect, it } from '@jest/globals';
import { binomialRange } from './binomial-range.js';
import { effectsOf } from './questions/index.js';
import { setupDrift } from './questions/setup-drift.js';
import { smallSegments } from './questions/small-segments.js';
import { plantedData } from './planted-data.js';
import { summaryOf } from './summary.js';
import { FEW, verdictsOf } from './verdicts.js';

const SEEDS = 4;
const ACCOUNTS = 1500;

describe('1. Bounds that a number of seeds can bear', () => {
  it('1.1 are those of the exact binomial', () => {
    // R: qbinom(c(.01, .99), 200, .05) is 4 and 18; pbinom(6:7, 12, .95) is 1.11e-5 and 1.84e-4.
    expect(binomialRange(200, 0.05, 0.01)).toEqual([4, 18]);
    const [least, most] = binomialRange(12, 0.95, 1e-4);
    expect([least, most]).toEqual([7, 12]);
    expect(binomialRange(1, 0.5, 0.1)).toEqual([0, 1]);
  });
});

describe(`2. The statistics find what was planted, ${SEEDS} companies of ${ACCOUNTS} accounts`, () => {
  const effects = Array.from({ length: SEEDS }, (_, i) => effectsOf(i + 1, ACCOUNTS)).flat();
  const summary = summaryOf([...effects, smallSegments(plantedData(1, ACCOUNTS)), setupDrift(1)]);
  const verdicts = verdictsOf(summary, FEW);

  it.each(verdicts.map((one) => [`${one.row}: ${one.what}`, one.holds]))('2.1 %s', (_, holds) => {
    expect(holds).toBe(true);
  });

  it('2.2 asks all questions', () => {
    expect(summary.seen.length).toBeGreaterThan(15);
    expect(verdicts.length).toBeGreaterThan(30);
  });

  it('2.3 credits a milestone with what a hidden trait does, as any method would', () => {
    const beyond = summary.seen.filter(({ isBeyondData }) => isBeyondData);
    expect(beyond.length).toBe(2);
    for (const { honest } of beyond) expect(honest.bias).toBeLessThan(0);
  });
});
