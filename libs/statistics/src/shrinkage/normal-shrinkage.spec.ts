import { describe, expect, it } from '@jest/globals';
import { expectNear } from '../survival/testing/reference.js';
import { figures } from '../testing/figures.js';
import { refusal } from '../testing/refusal.js';
import { normalShrinkage } from './normal-shrinkage.js';

const py = figures('shrinkage', 'py');

describe('Normal shrinkage', () => {
  it.each([0, 1])('1. as by the definition in scipy: case %d (0: BDA3’s eight schools, which it pools)', (k) => {
    const wanted = py.normal[k];
    const { mean, spread, segments } = normalShrinkage(wanted);
    expectNear([mean.estimate, mean.standardError, spread], [wanted.mean, wanted.error, wanted.spread], 1e-9);
    expectNear(segments.map(({ estimate }) => estimate), wanted.estimate, 1e-9); // prettier-ignore
    expectNear(segments.map(({ lower }) => lower), wanted.lower, 1e-9); // prettier-ignore
  });

  it('2. order, weights as repetitions, units and origin', () => {
    const [estimates, standardErrors] = [[2.1, 3.9, 7.4, 5.5], [0.4, 0.7, 0.9, 1.2]]; // prettier-ignore
    const plain = normalShrinkage({ estimates: [2.1, 2.1, ...estimates!.slice(1)], standardErrors: [0.4, 0.4, ...standardErrors!.slice(1)] }); // prettier-ignore
    const weighted = normalShrinkage({ estimates: estimates!, standardErrors: standardErrors!, weights: [2, 1, 1, 1] });
    expectNear([weighted.mean.estimate, weighted.spread], [plain.mean.estimate, plain.spread], 1e-10);
    const moved = normalShrinkage({ estimates: estimates!.map((x) => 1e6 - 10 * x).reverse(), standardErrors: standardErrors!.map((s) => 10 * s).reverse(), weights: [1, 1, 1, 2] }); // prettier-ignore
    expectNear([(1e6 - moved.mean.estimate) / 10, moved.spread / 10], [plain.mean.estimate, plain.spread], 1e-7);
  });

  it('3. errors that are nothing beside the differences leave each where it is; all the same are pooled', () => {
    const { segments } = normalShrinkage({ estimates: [1, 5, 9], standardErrors: [1e-6, 1e-6, 1e-6] });
    expectNear(segments.map(({ estimate }) => estimate), [1, 5, 9], 1e-9); // prettier-ignore
    expect(normalShrinkage({ estimates: [4, 4], standardErrors: [1, 2] })).toMatchObject({ spread: 0, mean: { estimate: 4 } }); // prettier-ignore
  });

  it.each([
    [[], [], 'not-enough-data: 0 segments'],
    [[1], [1], 'not-enough-data: 1 segments'],
    [[1, 2], [1, 0], 'invalid-input: standardErrors[1] is 0'],
    [[1, 2], [1, -1], 'invalid-input: standardErrors[1] is -1'],
    [[1, NaN], [1, 1], 'invalid-input: estimates[1] is NaN'],
    [[1, 2], [1, Infinity], 'invalid-input: standardErrors[1] is Infinity'],
  ])('4. refuses estimates %j with errors %j', (estimates, standardErrors, message) => {
    expect(refusal(() => normalShrinkage({ estimates, standardErrors }))).toContain(message);
  });
});
