import { StatisticsError } from '../statistics-error.js';
import { checkTransform, intervalWidth, probabilityInterval, type IntervalOptions } from '../survival/probability-interval.js'; // prettier-ignore
import { deltaError, logSurvivalRatio, standOf } from './retention-curve.js';
import type { ShiftedBetaGeometric } from './shifted-beta-geometric.js';

export interface ForecastOptions extends IntervalOptions {
  /** How many renewals to forecast, 1 to 10,000. */
  readonly renewals: number;
  /** Renewals that the accounts have had already. Default 0. */
  readonly survived?: number;
}

export interface ForecastProbability {
  readonly estimate: number;
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
}

export interface RenewalForecast {
  /** Counted from the start of the contract. */
  readonly renewal: number;
  /** Of those who come up for this renewal, the share that renews. */
  readonly retention: ForecastProbability;
  /** Of those who have survived `survived` renewals, the share still there after this one. */
  readonly survival: ForecastProbability;
}

/**
 * Renewal by renewal, retention (β + t - 1)/(α + β + t - 1) and survival from a shifted beta-geometric (Fader & Hardie
 * 2007), with intervals by the delta method on the scale of `transform` (log-log by default). They are of the curve,
 * not of the share in a cohort of some hundred accounts, which varies by chance besides; and they hold if the model
 * does.
 *
 * @throws StatisticsError `invalid-input`
 */
export function retentionForecast(fit: ShiftedBetaGeometric, options: ForecastOptions): readonly RenewalForecast[] {
  const { renewals, survived = 0 } = options;
  const z = intervalWidth(options.confidence ?? 0.95);
  const transform = checkTransform(options.transform ?? 'log-log');
  if (!(Number.isInteger(renewals) && renewals >= 1 && renewals <= 10_000)) {
    throw new StatisticsError('invalid-input', `renewals is ${renewals}: give a whole number from 1 to 10000.`);
  }
  checkSurvived('survived', survived);
  const { logOdds, phi } = standOf(fit);
  const between = (from: number, to: number): ForecastProbability => {
    const { value, gradient } = logSurvivalRatio(logOdds, phi, from, to);
    const estimate = Math.exp(value);
    const standardError = estimate * deltaError(fit, gradient);
    const [lower, upper] = probabilityInterval(estimate, standardError, z, transform);
    return { estimate, standardError, lower, upper };
  };
  return Array.from({ length: renewals }, (_, k) => {
    const renewal = survived + k + 1;
    return { renewal, retention: between(renewal - 1, renewal), survival: between(survived, renewal) };
  });
}

export function checkSurvived(name: string, renewals: number): void {
  if (Number.isInteger(renewals) && renewals >= 0) return;
  throw new StatisticsError('invalid-input', `${name} is ${renewals}: give a whole number of 0 or more.`);
}
