import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectNear } from '../survival/testing/reference.js';
import { figures } from '../testing/figures.js';
import { refusal } from '../testing/refusal.js';
import { seededNormal, seededRandom } from '../testing/seeded-random.js';
import { augmentedEffect, type AugmentedColumns, type AugmentedEffect } from './augmented-effect.js';
import { stratifiedFolds } from './stratified-folds.js';

const r = figures('causal', 'r');
const { size, visits, paid, treated, renewed, amount, count, fold } = r.made as Record<string, number[]>;
const covariates = { size: size!, visits: visits!, paid: paid! };
const made: AugmentedColumns = { treated: treated!, outcome: renewed!, covariates, fold: fold! };

function expectEffect(got: AugmentedEffect, wanted: (typeof r.augmented)['renewed']): void {
  expectNear([got.otherMean, got.treatedMean], wanted.means);
  expectNear([got.difference.estimate, got.difference.standardError], [wanted.difference, wanted.standardError]);
  expect(got.bounded).toBe(wanted.bounded);
}

describe('1. As glm and lm fitted fold by fold in R', () => {
  it('1.1 outcomes of 0 and 1, and amounts', () => {
    expectEffect(augmentedEffect(made, { ridge: 0 }), r.augmented.renewed);
    expectEffect(augmentedEffect({ ...made, outcome: amount! }, { ridge: 0 }), r.augmented.amount);
  });

  it('1.2 scores beyond the bounds are moved to them, and counted', () => {
    const effect = augmentedEffect(made, { ridge: 0, bounds: [0.3, 0.7] });
    expectEffect(effect, r.augmented.bounded);
    expect([Math.min(...effect.scores), Math.max(...effect.scores)]).toEqual([0.3, 0.7]);
  });

  it('1.3 counts by pattern are accounts repeated', () => {
    expectEffect(augmentedEffect({ ...made, counts: count! }, { ridge: 0 }), r.augmented.counted);
  });
});

describe('2. Properties', () => {
  const draw = (seed: number, rows: number) => {
    const random = seededRandom(seed);
    const own = Array.from({ length: rows }, () => {
      const x = seededNormal(random);
      return { x, arm: random() < 1 / (1 + Math.exp(-0.8 * x)) ? 1 : 0, error: seededNormal(random) };
    });
    return { own, fold: stratifiedFolds(own.map((one) => one.arm), 3, random) }; // prettier-ignore
  };
  const columnsOf = ({ own, fold }: ReturnType<typeof draw>, bend: number): AugmentedColumns => ({
    treated: own.map((one) => one.arm),
    outcome: own.map((one) => 2 * one.x + bend * one.x ** 2 + one.arm + one.error),
    covariates: { x: own.map((one) => one.x) },
    fold,
  });

  it('2.1 the order of rows and the names of folds make no difference', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const rows = draw(seed, 60);
        const turned = { own: [...rows.own].reverse(), fold: rows.fold.map((one) => 7 - one).reverse() };
        const [here, there] = [rows, turned].map((one) => augmentedEffect(columnsOf(one, 0)).difference);
        expectNear([there!.estimate, there!.standardError], [here!.estimate, here!.standardError], 1e-9);
      }),
      { numRuns: 10 },
    );
  });

  it('2.2 planted truth 1: right though the outcome’s model is wrong (bent), for the score’s is right', () => {
    let held = 0;
    let sum = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const { difference } = augmentedEffect(columnsOf(draw(seed, 300), 1));
      held += Number(difference.lower <= 1 && 1 <= difference.upper);
      sum += difference.estimate;
    }
    // 19 expected; fewer than 16 has a chance below 1 in 100.
    expect(held).toBeGreaterThanOrEqual(16);
    expect(Math.abs(sum / 20 - 1)).toBeLessThan(0.2);
  });

  it('2.3 folds: drawn by the seed, sizes within one of each other in each arm', () => {
    const arms = Array.from({ length: 53 }, (_, i) => Number(i % 3 === 0));
    const folds = stratifiedFolds(arms, 4, seededRandom(3));
    expect(stratifiedFolds(arms, 4, seededRandom(3))).toEqual(folds);
    expect(stratifiedFolds(arms, 4, seededRandom(4))).not.toEqual(folds);
    for (const arm of [0, 1]) {
      const sizes = [0, 1, 2, 3].map((one) => folds.filter((own, i) => own === one && arms[i] === arm).length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }
  });

  it('2.4 an outcome that is the same in all training rows needs no model', () => {
    const columns = columnsOf(draw(5, 40), 0);
    const { estimate, standardError } = augmentedEffect({ ...columns, outcome: columns.treated }).difference;
    expect(estimate).toBeCloseTo(1, 12);
    expect(standardError).toBeCloseTo(0, 12);
  });

  it('2.5 a covariate that another makes up, everywhere or in one arm alone, changes nothing there', () => {
    const columns = columnsOf(draw(5, 60), 0);
    const { x } = columns.covariates as { x: number[] };
    const without = augmentedEffect(columns, { ridge: 0 });
    const twice = augmentedEffect({ ...columns, covariates: { x, z: x.map((one) => 3 - 2 * one) } }, { ridge: 0 });
    expectNear([twice.difference.estimate], [without.difference.estimate], 1e-9);
    const arm = columns.treated as number[];
    // Only the others tell `z` from `x`.
    const z = x.map((one, i) => (arm[i] === 1 ? one : one + Math.sin(i)));
    const { difference } = augmentedEffect({ ...columns, covariates: { x, z } });
    expect(Math.abs(difference.estimate - 1)).toBeLessThan(4 * difference.standardError);
  });
});

describe('3. Refusals', () => {
  const base: AugmentedColumns = {
    treated: [0, 1, 0, 1, 0, 1, 0, 1],
    outcome: [0, 1, 1, 0, 1, 1, 0, 0],
    covariates: { x: [1, 2, 3, 1, 2, 3, 2, 2] },
    fold: [0, 0, 0, 0, 1, 1, 1, 1],
  };
  const on = (columns: Partial<AugmentedColumns>, options = {}) => refusal(() => augmentedEffect({ ...base, ...columns }, options)); // prettier-ignore

  it.each([
    ['nothing', { treated: [], outcome: [], covariates: {}, fold: [] }, {}, 'not-enough-data: treated is empty'],
    ['one fold', { fold: [1, 1, 1, 1, 1, 1, 1, 1] }, {}, 'invalid-input: fold has 1 value'],
    ['half a fold', { fold: [0, 0.5, 0, 0, 1, 1, 1, 1] }, {}, 'invalid-input: fold[1] is 0.5'],
    ['folds that are the arms', { fold: [0, 1, 0, 1, 0, 1, 0, 1] }, {}, 'not-enough-data: fold 0: the other folds have rows of one arm only'], // prettier-ignore
    ['lengths', { fold: [0, 1] }, {}, 'invalid-input: fold has 2 values for 8 rows'],
    ['NaN', { outcome: [0, 1, NaN, 0, 1, 1, 0, 0] }, {}, 'invalid-input: outcome[2] is NaN'],
    ['infinity', { covariates: { x: [1, 2, 3, Infinity, 2, 3, 2, 2] } }, {}, 'invalid-input: covariates.x[3] is Infinity'], // prettier-ignore
    ['bounds', {}, { bounds: [0, 1] }, 'invalid-input: bounds is [0, 1]'],
    ['too few rows for a line', { outcome: [0, 1.5, 1, 0, 1, 1, 0, 0] }, {}, 'not-enough-data: outcome has 2 rows for 2 coefficients'], // prettier-ignore
  ])('3.1 %s', (_, columns, options, message) => expect(on(columns, options)).toContain(message));

  it('3.2 folds of too few rows', () => {
    expect(refusal(() => stratifiedFolds([0, 0, 0, 1], 2, () => 0))).toContain('treated is 1 in 1 rows for 2 folds');
    expect(refusal(() => stratifiedFolds([0, 1], 1.5, () => 0))).toContain('folds is 1.5');
  });
});
