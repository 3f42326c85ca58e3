import { StatisticsError } from '../statistics-error.js';
import { hazardOf } from './binomial-link.js';
import type { DiscreteHazardFit } from './discrete-hazard.js';
import { checkTransform, intervalWidth, probabilityInterval, type IntervalOptions } from './probability-interval.js';

export interface DiscreteSurvival {
  readonly period: string | number;
  readonly hazard: number;
  /** Share that gets past the period without the event. */
  readonly survival: number;
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Predicted survival Π (1 - h) (Singer & Willett 1993) over the fit's periods for one pattern of covariates, offset 0,
 * with the delta method's error on the log scale: Var = Σ c²/w + v'Vv, c = d log(1 - h)/dη by period, v = Σ c (x - the
 * period's means). A period without events has hazard 0, and one in which all had it hazard 1.
 *
 * @throws StatisticsError `invalid-input` for a covariate that is missing or not finite
 */
export function discreteSurvival(
  fit: DiscreteHazardFit,
  covariates: Readonly<Record<string, number>>,
  options: IntervalOptions = {},
): DiscreteSurvival[] {
  const transform = checkTransform(options.transform ?? 'log-log');
  const z = intervalWidth(options.confidence ?? 0.95);
  const x = fit.names.map((name) => {
    if (Number.isFinite(covariates[name])) return covariates[name]!;
    throw new StatisticsError('invalid-input', `The covariate ${name} is ${covariates[name]}: give a finite number.`);
  });
  const v = new Float64Array(x.length);
  let [survival, own] = [1, 0];
  return fit.periods.map(({ period, events, intercept, weight, means }) => {
    if (intercept === null && events > 0) survival = 0;
    let hazard = intercept === null && events > 0 ? 1 : 0;
    if (intercept !== null) {
      const eta = fit.coefficients.reduce((sum, { estimate }, a) => sum + estimate * x[a]!, intercept);
      hazard = hazardOf(fit.link, eta);
      survival *= 1 - hazard;
      const slope = fit.link === 'logit' ? -hazard : -Math.exp(eta);
      own += slope ** 2 / weight;
      x.forEach((one, a) => (v[a]! += slope * (one - means[a]!)));
    }
    const spread = fit.covariance.reduce((sum, row, a) => row.reduce((s, one, b) => s + v[a]! * one * v[b]!, sum), 0);
    const standardError = survival > 0 ? survival * Math.sqrt(own + spread) : 0;
    const isSure = survival === 0 || survival === 1;
    const [lower, upper] = isSure ? [survival, survival] : probabilityInterval(survival, standardError, z, transform);
    return { period, hazard, survival, standardError, lower, upper };
  });
}
