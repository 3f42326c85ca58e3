import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectNear } from '../survival/testing/reference.js';
import { figures } from '../testing/figures.js';
import { refusal } from '../testing/refusal.js';
import { seededRandom } from '../testing/seeded-random.js';
import { alwaysValidProportions, type AlwaysValidProportionsOptions } from './always-valid-proportions.js';
import type { ArmCounts } from './arm-counts.js';
import { countMoments } from './count-moments.js';
import { proportionComparison } from './proportion-comparison.js';

const py = figures('experiments', 'py');
const of = (events: number, accounts: number): ArmCounts => ({ events, accounts });

describe('1. The interval', () => {
  it.each([
    [0, of(1, 3), of(2, 2), {}],
    [1, of(0, 12), of(9, 14), {}],
    [2, of(30, 300), of(52, 290), { expected: { share: 0.1, accounts: 1000 } }],
    [3, of(300, 2000), of(250, 2100), { expected: { share: 0.5, accounts: 400 }, confidence: 0.9 }],
  ])('1.1 case %d: as the mixture by quadrature', (k, control, treatment, options) => {
    const { lower, upper, p } = alwaysValidProportions(control, treatment, options);
    const wanted = py.alwaysValidProportions[k];
    expectNear([lower, upper, p], [wanted.lower, wanted.upper, wanted.p], 1e-7);
  });

  it('1.2 turns round with its arms, and with what is called an event', () => {
    fc.assert(
      fc.property(arms, arms, (control, treatment) => {
        const found = alwaysValidProportions(control, treatment);
        const other = alwaysValidProportions(treatment, control);
        const left = ({ events, accounts }: ArmCounts) => of(accounts - events, accounts);
        const turned = alwaysValidProportions(left(control), left(treatment));
        for (const one of [other, turned]) expectNear([-one.upper, -one.lower, one.p], [found.lower, found.upper, found.p], 1e-6); // prettier-ignore
      }),
    );
  });

  it('1.3 lies within -1 and 1 around the estimate, and holds 0 exactly when p says so', () => {
    fc.assert(
      fc.property(arms, arms, (control, treatment) => {
        for (const options of [{}, { expected: { share: 0.4, accounts: 300 }, assigned: 0.6 }]) {
          const { estimate, lower, upper, p } = alwaysValidProportions(control, treatment, options);
          expect(-1 <= lower && lower <= estimate && estimate <= upper && upper <= 1).toBe(true);
          if (estimate !== 0 && Math.abs(p - 0.05) > 1e-7) expect(lower <= 0 && 0 <= upper).toBe(p > 0.05);
        }
      }),
    );
  });

  it('1.4 is narrower by what was expected if it was right, and hardly wider if it was wrong', () => {
    const width = (options: AlwaysValidProportionsOptions) => {
      const { lower, upper } = alwaysValidProportions(of(50, 500), of(50, 500), options);
      return upper - lower;
    };
    const unknown = width({});
    expect(width({ expected: { share: 0.1, accounts: 1000 } }) / unknown).toBeLessThan(0.8);
    expect(width({ expected: { share: 0.6, accounts: 1000 } }) / unknown).toBeLessThan(1.1);
    const expected = { share: 0.1, accounts: 1000 };
    expect(width({ expected, assigned: 0.5 }) / width({ expected })).toBeLessThan(0.96);
  });
});

const arms = fc
  .tuple(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([accounts, share]) => of(Math.round(accounts * share), accounts));

/** The normal mixture with the arms' own variances: exact for many accounts only, and what most products offer. */
function normalMixture(control: ArmCounts, treatment: ArmCounts, planned: number): readonly [number, number] | null {
  if (Math.min(control.accounts, treatment.accounts) < 2) return null;
  const [other, own] = [countMoments(control), countMoments(treatment)];
  const variance = other.variance / other.accounts + own.variance / own.accounts;
  if (variance === 0) return null;
  const k = ((other.accounts + own.accounts) / planned) * (6 + Math.log(7));
  const half = Math.sqrt(((variance * 2 * (k + 1)) / k) * Math.log(Math.sqrt(k + 1) / 0.05));
  return [own.mean - other.mean - half, own.mean - other.mean + half];
}

interface Truth {
  readonly shares: readonly [number, number];
  /** Share of accounts that is held out. */
  readonly control: number;
}

/** Every account at first, when intervals are most easily wrong; then as often as a misled one would not be noticed. */
const LOOKS = new Set([...Array.from({ length: 12 }, (_, k) => k + 1), 16, 20, 25, 32, 40, 50, 64, 80, 100, 128, 160, 200, 256, 320, 400]); // prettier-ignore

/** Shares of experiments in which some look, of those from the first account on, misses the truth. */
function misses(truth: Truth, runs: number): Record<'exact' | 'expected' | 'assigned' | 'normal' | 'oneLook', number> {
  const missed = { exact: 0, expected: 0, assigned: 0, normal: 0, oneLook: 0 };
  const difference = truth.shares[1] - truth.shares[0];
  const expected = { share: truth.shares[0], accounts: 800 };
  const apart = (interval: readonly [number, number]) => difference < interval[0] || difference > interval[1];
  for (let run = 1; run <= runs; run++) {
    const random = seededRandom(run);
    const [events, accounts] = [[0, 0] as [number, number], [0, 0] as [number, number]];
    const ways = { exact: false, expected: false, assigned: false, normal: false, oneLook: false };
    for (let account = 1; account <= 400; account++) {
      const arm = random() < truth.control ? 0 : 1;
      accounts[arm]++;
      if (random() < truth.shares[arm]) events[arm]++;
      if (Math.min(...accounts) === 0 || !LOOKS.has(account)) continue;
      const [control, treatment] = [of(events[0], accounts[0]), of(events[1], accounts[1])];
      const exact = alwaysValidProportions(control, treatment);
      const informed = alwaysValidProportions(control, treatment, { expected });
      const known = alwaysValidProportions(control, treatment, { expected, assigned: 1 - truth.control });
      const normal = normalMixture(control, treatment, 800);
      ways.exact ||= apart([exact.lower, exact.upper]);
      ways.expected ||= apart([informed.lower, informed.upper]);
      ways.assigned ||= apart([known.lower, known.upper]);
      ways.normal ||= normal !== null && apart(normal);
      if (
        Math.min(...accounts) >= 2 &&
        [control, treatment].some((one) => one.events > 0 && one.events < one.accounts)
      ) {
        const once = proportionComparison(control, treatment).difference;
        ways.oneLook ||= apart([once.lower, once.upper]);
      }
    }
    for (const way of ['exact', 'expected', 'assigned', 'normal', 'oneLook'] as const)
      missed[way] += Number(ways[way]) / runs;
  }
  return missed;
}

describe('2. Someone who looks from the first account on', () => {
  const RUNS = 100;
  /** 5 % and three standard errors. */
  const MOST = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / RUNS);

  it('2.1 is misled in at most 5 %, with a tenth held out and few events', () => {
    const missed = misses({ shares: [0.08, 0.08], control: 0.1 }, RUNS);
    expect(missed.exact).toBeLessThan(MOST);
    expect(missed.expected).toBeLessThan(MOST);
    expect(missed.assigned).toBeLessThan(MOST);
    // What large-sample theory does here, whose error is 0 as long as nobody of the held-out had the event.
    expect(missed.normal).toBeGreaterThan(1.5 * MOST);
    expect(missed.oneLook).toBeGreaterThan(1.5 * MOST);
  });

  it.each<Truth>([
    { shares: [0.1, 0.35], control: 0.5 },
    { shares: [0.9, 0.7], control: 0.2 },
  ])('2.2 keeps the true difference in sight: %j', (truth) => {
    const { exact, expected, assigned } = misses(truth, RUNS);
    expect(assigned).toBeLessThan(MOST);
    expect(exact).toBeLessThan(MOST);
    expect(expected).toBeLessThan(MOST);
  });
});

describe('3. The first accounts, and refusals', () => {
  it('3.1 one account in each arm says next to nothing', () => {
    const { estimate, lower, upper, p, accounts } = alwaysValidProportions(of(0, 1), of(1, 1));
    expect([estimate, upper, p, accounts]).toEqual([1, 1, 1, 2]);
    expect(lower).toBeLessThan(-0.7);
  });

  it.each([
    [of(0, 0), {}, 'not-enough-data: treatment has 0 accounts: give at least 1'],
    [of(3, 2), {}, 'invalid-input: treatment has 3 events of 2 accounts'],
    [of(3, 1e13), {}, 'invalid-input: treatment has 10000000000000 accounts: give at most'],
    [of(1, 9), { expected: { share: 1, accounts: 100 } }, 'invalid-input: expected.share is 1'],
    [of(1, 9), { expected: { share: 0.1, accounts: 1 } }, 'invalid-input: expected.accounts is 1'],
    [of(1, 9), { expected: { share: 0.1, accounts: Infinity } }, 'invalid-input: expected.accounts is Infinity'],
    [of(1, 9), { assigned: 0.5 }, 'invalid-input: assigned is 0.5 without expected'],
    [of(1, 9), { expected: { share: 0.1, accounts: 100 }, assigned: 1 }, 'invalid-input: assigned is 1: give a share'],
    [of(1, 9), { confidence: 95 }, 'invalid-input: confidence is 95'],
  ])('3.2 %j %j', (treatment, options, message) => {
    expect(refusal(() => alwaysValidProportions(of(1, 10), treatment, options))).toContain(message);
  });
});
