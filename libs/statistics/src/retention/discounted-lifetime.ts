import { intervalWidth } from '../survival/probability-interval.js';
import { discountedTerms, termFactor, type TermsOptions } from './discounted-terms.js';
import { deltaError, standOf } from './retention-curve.js';
import type { ShiftedBetaGeometric } from './shifted-beta-geometric.js';

export interface LifetimeOptions extends TermsOptions {
  /** Default 0.95. */
  readonly confidence?: number;
}

export interface LifetimeEstimate {
  readonly estimate: number;
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Expected lifetime in terms, discounted (Fader & Hardie 2010): for a new account DEL = Σ S(t)/(1 + d)^t =
 * 2F1(1, β; α + β; 1/(1 + d)), its first term included; for one in its n-th term, before its renewal, the residual DERL
 * = (β + n - 1)/(α + β + n - 1) × 2F1(1, β + n; α + β + n; 1/(1 + d)), the current term not included, at the value of
 * the renewal's day. The longer an account has stayed, the more it has before it. Undiscounted it is finite only for
 * α > 1. The interval is by the delta method on the log scale.
 *
 * @throws StatisticsError `invalid-input`, also where the sum has no end; `no-convergence` for a discount below 1e-10
 */
export function discountedLifetime(fit: ShiftedBetaGeometric, options: LifetimeOptions): LifetimeEstimate {
  const factor = termFactor(options);
  const z = intervalWidth(options.confidence ?? 0.95);
  const { estimate, logError } = termsWithError(fit, options, factor);
  return { estimate, standardError: estimate * logError, lower: estimate / Math.exp(z * logError), upper: estimate * Math.exp(z * logError) }; // prettier-ignore
}

const STEP = 1e-4;

/** Discounted terms, and the standard error of their logarithm: derivatives by central differences. */
export function termsWithError(fit: ShiftedBetaGeometric, options: TermsOptions, factor: number) {
  const { active = 0, terms = Infinity } = options;
  const { logOdds, phi } = standOf(fit);
  const at = (odds: number, size: number): number => discountedTerms(logOdds + odds, phi * Math.exp(-size), factor, active, terms); // prettier-ignore
  const estimate = at(0, 0);
  const slope = (odds: number, size: number): number => Math.log(at(odds, size) / at(-odds, -size)) / (2 * STEP);
  return { estimate, logError: deltaError(fit, [slope(STEP, 0), phi === 0 ? 0 : slope(0, STEP)]) };
}
