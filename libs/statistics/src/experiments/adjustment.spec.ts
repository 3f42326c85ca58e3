import { describe, expect, it } from '@jest/globals';
import { expectNear } from '../survival/testing/reference.js';
import { figures } from '../testing/figures.js';
import { refusal } from '../testing/refusal.js';
import { armMoments } from './arm-moments.js';
import { covariateMoments } from './covariate-moments.js';
import { cupedComparison } from './cuped-comparison.js';
import { meanComparison } from './mean-comparison.js';
import { regressionAdjustment } from './regression-adjustment.js';

const py = figures('experiments', 'py');
const columns = figures('experiments', 'r').made as Record<'arm' | 'before' | 'revenue' | 'seats' | 'count', number[]>;
const ofArm = (name: keyof typeof columns, arm: number) => columns[name].filter((_, i) => columns.arm[i] === arm);
const momentsOf = (arm: number, counted = false) =>
  covariateMoments({ outcome: ofArm('revenue', arm), covariate: ofArm('before', arm), ...(counted ? { counts: ofArm('count', arm) } : {}) }); // prettier-ignore

describe('1. CUPED', () => {
  it('1.1 as outcomes adjusted row by row and compared by scipy', () => {
    const { difference, theta, varianceReduction } = cupedComparison(momentsOf(0), momentsOf(1));
    const { lower, upper, p } = difference;
    expectNear([theta, difference.estimate, lower, upper, p, varianceReduction], [py.cuped.theta, py.cuped.difference, py.cuped.lower, py.cuped.upper, py.cuped.p, py.cuped.varianceReduction]); // prettier-ignore
  });

  it('1.2 counts are rows repeated', () => {
    const repeated = (name: keyof typeof columns, arm: number) => ofArm(name, arm).flatMap((one, i) => new Array<number>(ofArm('count', arm)[i]!).fill(one)); // prettier-ignore
    const [control, treatment] = [0, 1].map((arm) => covariateMoments({ outcome: repeated('revenue', arm), covariate: repeated('before', arm) })); // prettier-ignore
    expectNear(Object.values(cupedComparison(momentsOf(0, true), momentsOf(1, true)).difference), Object.values(cupedComparison(control!, treatment!).difference), 1e-9); // prettier-ignore
  });

  it('1.3 a covariate that does not vary changes nothing', () => {
    const still = (arm: number) => covariateMoments({ outcome: ofArm('revenue', arm), covariate: ofArm('revenue', arm).map(() => 3) }); // prettier-ignore
    const got = cupedComparison(still(0), still(1));
    const plain = meanComparison(armMoments(ofArm('revenue', 0)), armMoments(ofArm('revenue', 1)));
    expect([got.theta, got.varianceReduction]).toEqual([0, 0]);
    expectNear(Object.values(got.difference), Object.values(plain.difference), 1e-12);
  });

  it('1.4 a covariate that says all leaves no error', () => {
    const known = (arm: number) => covariateMoments({ outcome: ofArm('before', arm).map((one) => 2 * one + 5 * arm), covariate: ofArm('before', arm) }); // prettier-ignore
    const { difference, varianceReduction } = cupedComparison(known(0), known(1));
    expectNear([difference.estimate, varianceReduction], [5, 1], 1e-9);
    expect(difference.standardError).toBeLessThan(1e-5);
  });

  it('1.5 refusals', () => {
    const fine = momentsOf(0);
    expect(refusal(() => cupedComparison(fine, { ...fine, covariance: 1e9 }))).toContain('invalid-input: treatment has covariance 1000000000'); // prettier-ignore
    expect(refusal(() => cupedComparison(fine, { ...fine, accounts: 1 }))).toContain(
      'not-enough-data: treatment has 1',
    );
    expect(refusal(() => cupedComparison(fine, { ...fine, covariance: NaN }))).toContain('covariance NaN');
    expect(refusal(() => covariateMoments({ outcome: [1, 2], covariate: [1] }))).toContain('covariate has 1 values for 2'); // prettier-ignore
    expect(refusal(() => covariateMoments({ outcome: [], covariate: [] }))).toContain('outcome is empty');
  });
});

describe('2. Regression adjustment', () => {
  const { arm: treated, revenue: outcome, before, seats } = columns;
  const covariates = { before, seats };

  it.each(['interacted', 'common'] as const)('2.1 %s: as statsmodels with HC2', (form) => {
    const { difference } = regressionAdjustment({ outcome, treated, covariates }, { form });
    const { estimate, standardError, lower, upper, p } = difference;
    expectNear([estimate, standardError, lower, upper, p], py.adjusted[form]);
  });

  it('2.2 without covariates it is the difference of means', () => {
    const { difference } = regressionAdjustment({ outcome, treated, covariates: {} });
    const plain = meanComparison(armMoments(ofArm('revenue', 0)), armMoments(ofArm('revenue', 1))).difference;
    expectNear([difference.estimate, difference.standardError], [plain.estimate, plain.standardError], 1e-9);
  });

  it('2.3 where covariates are counted from and in which unit changes nothing', () => {
    const moved = { before: before.map((one) => 100 - 7 * one), seats: seats.map((one) => one + 1e4) };
    const [one, other] = [covariates, moved].map((own) => regressionAdjustment({ outcome, treated, covariates: own }).difference); // prettier-ignore
    expectNear(Object.values(one!), Object.values(other!), 1e-6);
  });

  it('2.4 refusals', () => {
    const ask = (over: object) => refusal(() => regressionAdjustment({ outcome: [1, 2, 4, 3], treated: [0, 1, 0, 1], covariates: {}, ...over })); // prettier-ignore
    expect(ask({ outcome: [] })).toContain('not-enough-data: outcome is empty');
    expect(ask({ treated: [1, 1, 1, 1] })).toContain('not-enough-data: No account has treated 0');
    expect(ask({ treated: [1, 0, 2, 1] })).toContain('treated[2] is 2');
    expect(ask({ counts: [0, 1, 0, 1] })).toContain('No account has treated 0');
    expect(ask({ covariates: { size: [1, 2, NaN, 3] } })).toContain('size[2] is NaN');
    expect(ask({ covariates: { a: [1, 2, 3, 4], b: [2, 4, 6, 8] } })).toMatch(/collinear|not-enough-data/);
  });
});
