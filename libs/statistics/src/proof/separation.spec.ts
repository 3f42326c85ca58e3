import { describe, expect, it } from '@jest/globals';
import { coxRegression, discreteHazard, logisticRegression, StatisticsError } from '../index.js';
import { separationSets } from '../testing/figures.js';

interface SeparationSet {
  readonly x: readonly number[][];
  readonly outcome: readonly number[];
  readonly time: readonly number[];
  readonly event: readonly number[];
  readonly binomial: string;
  readonly cox: string;
}
const sets: readonly SeparationSet[] = separationSets();
const covariatesOf = ({ x }: SeparationSet) => Object.fromEntries(x.map((column, a) => [`x${a}`, column]));

/** `finite` if the fit was found, else why not. */
function told(fit: () => unknown): string {
  try {
    fit();
    return 'finite';
  } catch (error) {
    if (error instanceof StatisticsError) return error.problem;
    throw error;
  }
}

describe('1. An estimate at infinity is said to be one, a finite one is found', () => {
  it.each([
    [
      'logistic regression',
      (set: SeparationSet) => logisticRegression({ events: set.outcome, covariates: covariatesOf(set) }),
      'binomial',
    ],
    [
      'hazards with cloglog',
      (set: SeparationSet) => discreteHazard({ events: set.outcome, covariates: covariatesOf(set) }),
      'binomial',
    ],
    ['Cox', (set: SeparationSet) => coxRegression({ ...set, covariates: covariatesOf(set) }), 'cox'],
    [
      'Cox, ties by Breslow',
      (set: SeparationSet) => coxRegression({ ...set, covariates: covariatesOf(set) }, { ties: 'breslow' }),
      'cox',
    ],
  ] as const)('1.1 %s, as linear programming says of 120 data sets', (_, fit, model) => {
    const wrong = sets.flatMap((set, k) => {
      const got = told(() => fit(set));
      return got === set[model] ? [] : [`${k}: ${got}, not ${set[model]}`];
    });
    expect(wrong).toEqual([]);
  });

  it('1.2 a row far from the others is no hindrance: −339.4074 (809.4041) for one standard deviation, as R’s glm', () => {
    const x = [153.28, 1.126, 1.115, 0.073, 2.346, 75.671];
    const mean = x.reduce((sum, one) => sum + one / x.length, 0);
    const deviation = Math.sqrt(x.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (x.length - 1));
    const [found] = logisticRegression({ events: [0, 1, 0, 1, 0, 0], covariates: { x } }).coefficients;
    expect((found!.estimate * deviation).toFixed(4)).toBe('-339.4074');
    expect((found!.standardError * deviation).toFixed(4)).toBe('809.4041');
  });

  it('1.3 hazards that run into infinity by cloglog, whose likelihood is flat from η = 4 on', () => {
    const x = [1, 0, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 0];
    const events = [0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 1];
    expect(told(() => discreteHazard({ events, covariates: { x } }))).toBe('separation');
  });
});
