import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectNear } from '../survival/testing/reference.js';
import { figures } from '../testing/figures.js';
import { refusal } from '../testing/refusal.js';
import { seededNormal, seededRandom } from '../testing/seeded-random.js';
import { balancingWeights, type WeightScheme } from './balancing-weights.js';
import { covariateBalance } from './covariate-balance.js';
import { effectiveSampleSize } from './effective-sample-size.js';
import { propensityEffect, type PropensityEffect, type PropensityOptions } from './propensity-effect.js';
import { propensityOverlap } from './propensity-overlap.js';
import { propensityScores } from './propensity-scores.js';
import type { OutcomeColumns } from './treated-rows.js';

const r = figures('causal', 'r');
const { size, visits, paid, treated, renewed, amount, count } = r.made as Record<string, number[]>;
const covariates = { size: size!, visits: visits!, paid: paid! };
const made: OutcomeColumns = { treated: treated!, outcome: renewed!, covariates };

function expectEffect(got: PropensityEffect, wanted: (typeof r.weighted.ipw)['renewed']): void {
  expectNear([got.otherMean, got.treatedMean], wanted.means);
  expectNear([got.difference.estimate, got.difference.standardError], [wanted.difference, wanted.standardError]);
  if (got.riskRatio !== null) expectNear([got.riskRatio.estimate, got.riskRatio.standardError], [wanted.ratio, wanted.ratioError]); // prettier-ignore
  expectNear([got.accounts.treated, got.accounts.others], wanted.accounts);
  expectNear([got.effectiveSize.treated, got.effectiveSize.others], wanted.effective);
  expectNear(got.balance.map((one) => one.before), wanted.before); // prettier-ignore
  expectNear(got.balance.map((one) => one.after), wanted.after); // prettier-ignore
}

describe('1. As the stacked estimating equations have it (R)', () => {
  it.each(['ipw', 'treated', 'overlap'] as const)('1.1 %s: means, errors, balance, effective sizes', (scheme) => {
    expectEffect(propensityEffect(made, { scheme }), r.weighted[scheme].renewed);
    const amounts = propensityEffect({ ...made, outcome: amount! }, { scheme });
    expectEffect(amounts, r.weighted[scheme].amount);
    expect([amounts.riskRatio, amounts.eValue]).toEqual([null, null]);
  });

  it('1.2 scores are those of glm', () => {
    expectNear(propensityScores(made).scores, r.weighted.ipw.renewed.scores);
  });

  it('1.3 stabilised weights give what unstabilised do: the share of an arm cancels in its mean', () => {
    const stabilised = propensityEffect(made, { scheme: 'stabilised' });
    expectEffect(stabilised, r.weighted.ipw.renewed);
    const weights = balancingWeights(treated!, propensityScores(made).scores, 'stabilised');
    expect(weights.reduce((sum, one) => sum + one, 0) / weights.length).toBeCloseTo(1, 1);
  });

  it('1.4 trimmed: scores fitted again on those that stay, and told how many do not', () => {
    const trimmed = propensityEffect(made, { scheme: 'ipw', trim: [0.2, 0.8] });
    expectEffect(trimmed, r.trimmed);
    expect(trimmed.trimmed).toBe(300 - r.trimmed.accounts[0] - r.trimmed.accounts[1]);
  });

  it('1.5 counts by pattern are accounts repeated', () => {
    expectEffect(propensityEffect({ ...made, counts: count! }, { scheme: 'overlap' }), r.counted);
  });
});

describe('2. What it says of itself', () => {
  it('2.1 the estimand changes with the scheme', () => {
    const of = (options?: PropensityOptions) => propensityEffect(made, options).estimand;
    expect(of()).toBe('accounts that might be in either arm');
    expect([of({ scheme: 'ipw' }), of({ scheme: 'stabilised' })]).toEqual(['all accounts', 'all accounts']);
    expect(of({ scheme: 'treated' })).toBe('treated accounts');
  });

  it('2.2 overlap: bins that sum to 1, the range both arms reach, what lies outside', () => {
    const scores = [0.05, 0.2, 0.5, 0.4, 0.6, 0.95];
    const overlap = propensityOverlap([0, 0, 0, 1, 1, 1], scores, { bins: 2 });
    expect(overlap).toMatchObject({ commonRange: [0.4, 0.5] });
    expectNear([overlap.outsideCommon, overlap.extreme, overlap.coefficient], [4 / 6, 2 / 6, 2 / 3]);
    expectNear(overlap.bins.flatMap((one) => [one.treated, one.others]), [1 / 3, 2 / 3, 2 / 3, 1 / 3]); // prettier-ignore
    const apart = propensityOverlap([0, 0, 1, 1], [0.1, 0.2, 0.7, 0.8]);
    expect(apart).toMatchObject({ commonRange: null, outsideCommon: 1, coefficient: 0 });
  });

  it('2.3 an imbalance that stays is reported: causal words are not earned', () => {
    const { isBalanced, balance } = propensityEffect(made, { scheme: 'overlap', ridge: 1000 });
    expect(isBalanced).toBe(false);
    expect(balance.some((one) => Math.abs(one.after) >= 0.1)).toBe(true);
    expect(propensityEffect(made).isBalanced).toBe(true);
  });

  it('2.4 effective size: equal weights all, one weight one', () => {
    expect(effectiveSampleSize([3, 3, 3, 3])).toBe(4);
    expect(effectiveSampleSize([0, 1e99, 0])).toBe(1);
    expect(effectiveSampleSize([1, 2], [4, 1])).toBeCloseTo(36 / 8, 12);
  });
});

describe('3. Properties', () => {
  const draw = (seed: number, rows = 80) => {
    const random = seededRandom(seed);
    return Array.from({ length: rows }, () => {
      const [x, z] = [seededNormal(random), Math.floor(3 * random())];
      const arm = random() < 1 / (1 + Math.exp(-0.6 * x - 0.3 * z)) ? 1 : 0;
      const y = random() < 1 / (1 + Math.exp(-x + 0.4 * arm)) ? 1 : 0;
      return { x: Math.round(4 * x), z, arm, y, count: 1 + Math.floor(3 * random()) };
    });
  };
  const columnsOf = (rows: ReturnType<typeof draw>, isCounted = false): OutcomeColumns => ({
    treated: rows.map((one) => one.arm),
    outcome: rows.map((one) => one.y),
    covariates: { x: rows.map((one) => one.x), z: rows.map((one) => one.z) },
    ...(isCounted ? { counts: rows.map((one) => one.count) } : {}),
  });
  const numbers = ({ difference, treatedMean, otherMean, balance, effectiveSize }: PropensityEffect) =>
    [difference.estimate, difference.standardError, difference.p, treatedMean, otherMean, ...balance.map((one) => one.after), effectiveSize.treated, effectiveSize.others]; // prettier-ignore
  const seeds = fc.integer({ min: 1, max: 1e6 });
  const schemes = fc.constantFrom<WeightScheme>('ipw', 'stabilised', 'treated', 'overlap');
  const few = { numRuns: 15 };

  it('3.1 the order of rows makes no difference; counts are repetition', () => {
    fc.assert(
      fc.property(seeds, schemes, (seed, scheme) => {
        const rows = draw(seed);
        const repeated = rows.flatMap((one) => Array.from({ length: one.count }, () => one)).reverse();
        const [counted, rowByRow] = [propensityEffect(columnsOf(rows, true), { scheme }), propensityEffect(columnsOf(repeated), { scheme })]; // prettier-ignore
        expectNear(numbers(counted), numbers(rowByRow), 1e-7);
      }),
      few,
    );
  });

  it('3.2 overlap weights of a logistic score balance every covariate exactly (Li, Morgan & Zaslavsky, theorem 3)', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { balance } = propensityEffect(columnsOf(draw(seed)));
        for (const one of balance) expect(Math.abs(one.after)).toBeLessThan(1e-9);
      }),
      few,
    );
  });

  it('3.3 arms exchanged: the difference changes its sign, for the schemes that know no side', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom<WeightScheme>('ipw', 'stabilised', 'overlap'), (seed, scheme) => {
        const rows = draw(seed);
        const [here, there] = [rows, rows.map((one) => ({ ...one, arm: 1 - one.arm }))].map((own) => propensityEffect(columnsOf(own), { scheme }).difference); // prettier-ignore
        expectNear([-there!.estimate, there!.standardError], [here!.estimate, here!.standardError], 1e-7);
      }),
      few,
    );
  });

  it('3.4 without covariates it is the difference of the arms’ means, with its own error', () => {
    const outcome = [0, 1, 1, 0, 1, 1, 1, 0];
    for (const scheme of ['ipw', 'stabilised', 'treated', 'overlap'] as const) {
      const { difference } = propensityEffect({ treated: [0, 0, 0, 0, 1, 1, 1, 1], outcome, covariates: {} }, { scheme }); // prettier-ignore
      expectNear([difference.estimate, difference.standardError], [0.25, Math.sqrt(0.25 / 4 + 0.1875 / 4)]);
    }
  });

  it('3.5 planted truth: company size drives both; naive is wrong, each scheme covers', () => {
    const cover: Record<string, number> = { naive: 0, ipw: 0, overlap: 0 };
    for (let seed = 1; seed <= 30; seed++) {
      const random = seededRandom(seed);
      const rows = Array.from({ length: 200 }, () => {
        const x = seededNormal(random);
        const arm = random() < 1 / (1 + Math.exp(-x)) ? 1 : 0;
        return { x, arm, y: 5 + 2 * x + arm + seededNormal(random) };
      });
      const columns = { treated: rows.map((one) => one.arm), outcome: rows.map((one) => one.y), covariates: { x: rows.map((one) => one.x) } }; // prettier-ignore
      const holds = ({ difference }: PropensityEffect) => Number(difference.lower <= 1 && 1 <= difference.upper);
      cover.naive! += holds(propensityEffect({ ...columns, covariates: {} }));
      for (const scheme of ['ipw', 'overlap'] as const) cover[scheme]! += holds(propensityEffect(columns, { scheme }));
    }
    expect(cover.naive).toBe(0);
    // 28.5 expected; fewer than 24 has a chance below 1 in 100.
    expect(Math.min(cover.ipw!, cover.overlap!)).toBeGreaterThanOrEqual(24);
  });
});

describe('4. Refusals and stated ends', () => {
  const x = [1, 2, 3, 4, 5, 7];
  const arms = [0, 1, 0, 1, 0, 1];
  const base: OutcomeColumns = { treated: arms, outcome: [0, 1, 0, 1, 1, 0], covariates: { x } };
  const on = (columns: Partial<OutcomeColumns>, options: PropensityOptions = {}) => refusal(() => propensityEffect({ ...base, ...columns }, options)); // prettier-ignore

  it.each([
    ['nothing', { treated: [], outcome: [], covariates: {} }, {}, 'not-enough-data: treated is empty'],
    ['one group', { treated: [1, 1, 1, 1, 1, 1] }, {}, 'not-enough-data: treated is 1 in all rows'],
    ['one group with accounts', { counts: arms }, {}, 'not-enough-data: treated is 1 in all rows'],
    ['another code', { treated: [0, 2, 0, 1, 0, 1] }, {}, 'invalid-input: treated[1] is 2'],
    ['NaN', { outcome: [0, NaN, 0, 1, 1, 0] }, {}, 'invalid-input: outcome[1] is NaN'],
    ['infinity', { covariates: { x: [1, 2, -Infinity, 4, 5, 6] } }, {}, 'invalid-input: covariates.x[2] is -Infinity'],
    ['counts of 0', { counts: [0, 0, 0, 0, 0, 0] }, {}, 'not-enough-data: All counts are 0'],
    ['a covariate that decides', { covariates: { x: [1, 5, 2, 6, 3, 7] } }, {}, 'separation: The estimate for x'],
    ['collinear', { covariates: { x, z: x } }, {}, 'collinear: z is a linear combination of x'],
    ['scheme', {}, { scheme: 'match' as 'ipw' }, 'invalid-input: scheme is match: give ipw'],
    ['trim turned', {}, { trim: [0.9, 0.1] }, 'invalid-input: trim is [0.9, 0.1]'],
    ['trim of all', {}, { trim: [0.98, 0.99] }, 'not-enough-data: trim leaves no rows'],
    ['confidence', {}, { confidence: 0 }, 'invalid-input: confidence is 0'],
  ] as const)('4.1 %s', (_, columns, options, message) => {
    expect(on(columns as Partial<OutcomeColumns>, options as PropensityOptions)).toContain(message);
  });

  it('4.2 scores of 0 and 1, weights of an arm, bins', () => {
    expect(refusal(() => balancingWeights([0, 1], [0.5, 1], 'ipw'))).toContain('scores[1] is 1: give probabilities');
    expect(refusal(() => propensityOverlap([0, 1], [0.5, 0.5], { bins: 1 }))).toContain('bins is 1');
    expect(refusal(() => covariateBalance(base, arms))).toContain('All weights of the rows with treated 0 are 0');
    const parted = { treated: [0, 0, 1, 1], covariates: { x: [1, 1, 2, 2] } };
    expect(refusal(() => covariateBalance(parted, [1, 1, 1, 1]))).toContain('covariates.x has one value in each arm');
    expect(refusal(() => effectiveSampleSize([0, 0]))).toContain('All weights are 0');
  });

  it('4.3 outcomes that are all the same have no interval; no ratio where an arm had none', () => {
    expect(on({ outcome: [0, 0, 0, 0, 0, 0] })).toMatch(/^not-enough-data: The outcome is 0 for all of one arm and 0/);
    const others = [...Array.from(base.treated).keys()].filter((i) => base.treated[i] === 0);
    const outcome = Array.from(base.treated, (_, i) => Number(i === others[0]));
    const one = propensityEffect({ ...base, outcome });
    expect([one.riskRatio, one.eValue]).toEqual([null, null]);
    expect(one.difference.upper).toBeGreaterThan(one.difference.lower);
  });
});
