import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectNear } from '../survival/testing/reference.js';
import { figures } from '../testing/figures.js';
import { refusal } from '../testing/refusal.js';
import { seededRandom } from '../testing/seeded-random.js';
import { homogeneityTest } from './homogeneity-test.js';
import { nextSteps } from './next-step.js';
import { orderTest } from './order-test.js';
import { reachProbability, reachWithin } from './reach-probability.js';
import { END, OTHER, START, transitionCounts, type Path, type TransitionCounts } from './transition-counts.js';
import { transitionMatrix } from './transition-matrix.js';

const py = figures('paths', 'py') as {
  groups: string[][][];
  counts: number[][];
  zeroAgainstOne: number[];
  oneAgainstTwo: number[];
  homogeneity: number[];
  reachRan: Record<string, number>;
  reachRanWithin3: number[];
};
const groups = py.groups.map((group) => group.map((states): Path => ({ states })));
const paths = groups.flat();
const STATES = ['created', 'imported', 'invited', 'ran'];
const path = (text: string, count = 1): Path => ({ states: text === '' ? [] : text.split(' '), count });
const counts = transitionCounts(paths);

describe('1. Transitions', () => {
  it('1.1 as counted in numpy', () => {
    expect(counts).toEqual({ states: [START, ...STATES, END], counts: py.counts });
  });

  it('1.2 neither order of paths nor repetition for a count matters', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.array(fc.constantFrom('a', 'b', 'c')), fc.nat(3))), (drawn) => {
        const counted = drawn.map(([states, count]): Path => ({ states, count }));
        const repeated = counted.flatMap(({ states, count }) => new Array<Path>(count!).fill({ states })).reverse();
        if (repeated.length === 0) return;
        const states = ['a', 'b', 'c'];
        expect(transitionCounts(counted, { states })).toEqual(transitionCounts(repeated, { states }));
      }),
    );
  });

  it('1.3 what is not asked for is named other, and nothing is lost', () => {
    const few = transitionCounts(paths, { states: ['ran'] });
    expect(few.states).toEqual([START, 'ran', OTHER, END]);
    const sum = (table: TransitionCounts): number => table.counts.flat().reduce((total, one) => total + one, 0);
    expect(sum(few)).toBe(sum(counts));
  });

  it('1.4 rows of the matrix sum to 1; what nothing follows stays', () => {
    for (const prior of [0, 0.5]) {
      const { probabilities, states } = transitionMatrix(counts, { prior });
      for (const row of probabilities) expect(row.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12);
      expect(probabilities.at(-1)).toEqual(states.map((state) => (state === END ? 1 : 0)));
      expect(probabilities.map((row) => row[0])).toEqual(states.map(() => 0));
    }
    expect(transitionMatrix(transitionCounts([path('a b', 3), path('a', 9)])).thin).toEqual(['b']);
  });
});

describe('2. Reaching a state', () => {
  const matrix = transitionMatrix(counts);

  it('2.1 sooner or later, as solved by numpy', () => {
    const got = reachProbability(matrix, 'ran');
    expect(got.get('ran')).toBe(1);
    expect(got.get(END)).toBe(0);
    for (const [state, wanted] of Object.entries(py.reachRan)) expectNear([got.get(state)!], [wanted], 1e-10);
  });

  it('2.2 within 3 steps, as a power of the matrix; in many, as sooner or later', () => {
    expectNear([...reachWithin(matrix, 'ran', 3).values()], py.reachRanWithin3, 1e-10);
    expectNear([...reachWithin(matrix, 'ran', 400).values()], [...reachProbability(matrix, 'ran').values()], 1e-10);
    expect([...reachWithin(matrix, 'ran', 0).values()]).toEqual(
      matrix.states.map((state) => (state === 'ran' ? 1 : 0)),
    );
  });

  it('2.2a one step more is one step before the same, however many; a million steps of 100 states take seconds', () => {
    for (const steps of [1, 6, 7, 20, 63, 64]) {
      const [fewer, more] = [reachWithin(matrix, 'ran', steps), reachWithin(matrix, 'ran', steps + 1)];
      matrix.states.forEach((state, i) => {
        const first = matrix.states.reduce((sum, next, j) => sum + matrix.probabilities[i]![j]! * fewer.get(next)!, 0);
        expect(more.get(state)).toBeCloseTo(state === 'ran' ? 1 : first, 12);
      });
    }
    const random = seededRandom(4);
    const paths = Array.from({ length: 500 }, () => path(Array.from({ length: 8 }, () => `s${Math.floor(100 * random())}`).join(' '))); // prettier-ignore
    const large = transitionMatrix(transitionCounts(paths));
    const began = process.cpuUsage().user;
    expectNear([...reachWithin(large, 's1', 1_000_000).values()], [...reachProbability(large, 's1').values()], 1e-8);
    expect(process.cpuUsage().user - began).toBeLessThan(5e6);
  });

  it('2.3 by hand: half of the paths through a, and a circle that has no way out', () => {
    const by = transitionMatrix(transitionCounts([path('a goal'), path('a'), path('b goal', 3)]));
    expectNear([...reachProbability(by, 'goal').values()], [4 / 5, 1 / 2, 1, 1, 0], 1e-12);
    const circle = { states: ['x', 'y', 'goal'], counts: [[0, 5, 0], [5, 0, 0], [0, 0, 0]] }; // prettier-ignore
    expect([...reachProbability(transitionMatrix(circle), 'goal').values()]).toEqual([0, 0, 1]);
  });
});

describe('3. Tests', () => {
  const near = ({ statistic, degreesOfFreedom, p }: ReturnType<typeof homogeneityTest>, wanted: number[]) => {
    expect(degreesOfFreedom).toBe(wanted[1]);
    expectNear([statistic, p], [wanted[0]!, wanted[2]!], 1e-7);
  };

  it('3.1 of order 0 against 1, and 1 against 2, as sums of scipy’s tests', () => {
    const { zeroAgainstOne, oneAgainstTwo } = orderTest(paths);
    near(zeroAgainstOne, py.zeroAgainstOne);
    near(oneAgainstTwo, py.oneAgainstTwo);
  });

  it('3.2 of one matrix for both groups, as sums of scipy’s tests; for one group twice it is 0', () => {
    const tables = groups.map((group) => transitionCounts(group, { states: STATES }));
    near(homogeneityTest(tables), py.homogeneity);
    expect(homogeneityTest([tables[0]!, tables[0]!]).statistic).toBeLessThan(1e-9);
  });

  it('3.3 finds order 1 in what is of order 1', () => {
    const p = Array.from({ length: 200 }, (_, seed) => {
      const random = seededRandom(seed + 1);
      const walk = (): Path => {
        const states = ['a'];
        while (random() < 0.7) states.push(random() < (states.at(-1) === 'a' ? 0.3 : 0.6) ? 'a' : 'b');
        return { states };
      };
      return orderTest(Array.from({ length: 80 }, walk)).oneAgainstTwo.p;
    });
    const share = p.filter((one) => one < 0.05).length / 200;
    expect(Math.abs(share - 0.05)).toBeLessThan(3.5 * Math.sqrt((0.05 * 0.95) / 200));
  });
});

describe('4. The next step', () => {
  it('4.1 best first, with intervals that hold what was found', () => {
    const steps = nextSteps(counts, START, 'ran', { random: seededRandom(4), draws: 400 });
    expect(steps.map(({ state }) => state)).toContain('ran');
    expect(steps[0]).toMatchObject({ state: 'ran', reaches: 1 });
    expect(steps.map(({ gain }) => gain)).toEqual(steps.map(({ gain }) => gain).sort((a, b) => b - a));
    for (const { lower, gain, upper } of steps) expect(lower <= gain && gain <= upper).toBe(true);
  });

  it('4.2 intervals cover the truth of planted chains', () => {
    let covered = 0;
    for (let seed = 1; seed <= 120; seed++) {
      const random = seededRandom(seed);
      const drawn = Array.from({ length: 200 }, () => {
        const first = random() < 0.5 ? 'guided' : 'alone';
        return path(random() < (first === 'guided' ? 0.6 : 0.4) ? `${first} goal` : first);
      });
      const steps = nextSteps(transitionCounts(drawn), START, 'goal', { random, draws: 200 });
      const { lower, upper } = steps.find(({ state }) => state === 'guided')!;
      covered += Number(lower <= 0.1 && 0.1 <= upper);
    }
    // 95 % of 120, and 3.5 standard errors.
    expect(covered / 120).toBeGreaterThan(0.95 - 3.5 * Math.sqrt((0.05 * 0.95) / 120));
  });

  it('4.3 ends with a source that is not random', () => {
    for (const constant of [0, 0.5, 1 - 2 ** -53]) {
      const steps = nextSteps(counts, 'created', 'ran', { random: () => constant, draws: 10 });
      expect(steps.flatMap(({ lower, upper }) => [lower, upper]).every(Number.isFinite)).toBe(true);
    }
  });
});

describe('5. Refusals', () => {
  it.each([
    [() => transitionCounts([]), 'not-enough-data: paths is empty'],
    [() => transitionCounts([path('a', NaN)]), 'invalid-input: paths[0].count is NaN'],
    [() => transitionCounts([path('a'), path('a', -1)]), 'invalid-input: paths[1].count is -1'],
    [() => transitionCounts([path('a (end)')]), 'invalid-input: paths[0] holds (end)'],
    [() => transitionMatrix({ states: ['a'], counts: [[1, 2]] }), 'invalid-input: counts must be 1 × 1'],
    [() => transitionMatrix({ states: ['a', 'a'], counts: [] }), 'invalid-input: states holds a name twice'],
    [() => transitionMatrix({ states: ['a'], counts: [[Infinity]] }), 'counts[a][a] is Infinity'],
    [() => transitionMatrix(counts, { prior: -1 }), 'invalid-input: prior is -1'],
    [() => reachProbability(transitionMatrix(counts), 'gone'), 'invalid-input: There is no state gone'],
    [() => reachWithin(transitionMatrix(counts), 'ran', 1.5), 'invalid-input: steps is 1.5'],
    [() => orderTest([path('')]), 'not-enough-data: paths hold no state'],
    [() => orderTest([path('a', 0)]), 'not-enough-data: paths hold no state'],
    [() => homogeneityTest([counts]), 'not-enough-data: tables has 1'],
    [() => homogeneityTest([counts, transitionCounts([path('a')])]), 'invalid-input: tables[1] has other states'],
    [() => nextSteps(counts, END, 'ran', { random: () => 0.5 }), 'not-enough-data: Nothing was seen to follow (end)'],
    [() => nextSteps(counts, START, 'ran', { random: () => 0.5, draws: 3 }), 'invalid-input: draws is 3'],
  ])('5.%# %p', (call, message) => {
    expect(refusal(call)).toContain(message);
  });
});
