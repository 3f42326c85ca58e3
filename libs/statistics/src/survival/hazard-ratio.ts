import { chiSquareUpperTail, twoSidedP } from '../distributions.js';

/** A coefficient of a hazard model, with Wald's interval and p. */
export interface HazardRatio {
  readonly name: string;
  /** Log hazard ratio for one more unit of the covariate. */
  readonly estimate: number;
  readonly standardError: number;
  /** exp(estimate), with the bounds of its interval. */
  readonly ratio: number;
  readonly lower: number;
  readonly upper: number;
  readonly z: number;
  readonly p: number;
}

export function coefficientRow(name: string, estimate: number, standardError: number, width: number): HazardRatio {
  const z = estimate / standardError;
  return {
    name,
    estimate,
    standardError,
    ratio: Math.exp(estimate),
    lower: Math.exp(estimate - width * standardError),
    upper: Math.exp(estimate + width * standardError),
    z,
    p: twoSidedP(z),
  };
}

export interface ChiSquareTest {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
}

/** Rounding may leave a statistic a little below 0, where it is 0. */
export function chiSquareTest(statistic: number, degreesOfFreedom: number): ChiSquareTest {
  return { statistic: Math.max(0, statistic), degreesOfFreedom, p: chiSquareUpperTail(statistic, degreesOfFreedom) };
}
