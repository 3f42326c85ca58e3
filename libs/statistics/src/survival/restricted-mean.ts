import { StatisticsError } from '../statistics-error.js';
import { riskTableOf, type SurvivalData } from './checked-risk-table.js';
import { intervalWidth } from './probability-interval.js';

export interface RestrictedMean {
  readonly horizon: number;
  /** In the unit of time. */
  readonly estimate: number;
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Mean time without the event up to a horizon τ: the area under Kaplan–Meier from 0 to τ, with variance
 * Σ A(t)² d/(n(n - d)), A(t) the area from t to τ (Klein & Moeschberger 2003, §4.5). Interval plain, cut to [0, τ].
 * Choose τ before you look, and the same for every group.
 *
 * @throws StatisticsError as `riskTableOf`; `not-enough-data` where τ lies past the last time and S has not reached 0
 */
export function restrictedMean(data: SurvivalData, horizon: number, confidence = 0.95): RestrictedMean {
  if (!(horizon > 0 && Number.isFinite(horizon))) {
    throw new StatisticsError('invalid-input', `horizon is ${horizon}: give a finite time above 0.`);
  }
  const z = intervalWidth(confidence);
  const { time, atRisk, events } = riskTableOf(data);
  const survival = new Float64Array(time.length);
  let size = 0;
  for (let left = 1; size < time.length && time[size]! <= horizon; size++) {
    if (events[size]! > 0) left *= (atRisk[size]! - events[size]!) / atRisk[size]!;
    survival[size] = left;
  }
  const last = time.length - 1;
  if (size > last && time[last]! < horizon && survival[last]! > 0) {
    throw new StatisticsError(
      'not-enough-data',
      `Nobody was followed to the horizon ${horizon}: give one of at most ${time[last]}.`,
    );
  }
  let [area, variance, until] = [0, 0, horizon];
  for (let j = size - 1; j >= 0; j--) {
    area += survival[j]! * (until - time[j]!);
    until = time[j]!;
    const [n, d] = [atRisk[j]!, events[j]!];
    // At d = n the area behind is 0, and so is the term.
    if (d > 0 && d < n) variance += (area * area * d) / (n * (n - d));
  }
  const estimate = area + until;
  const half = z * Math.sqrt(variance);
  return {
    horizon,
    estimate,
    standardError: Math.sqrt(variance),
    lower: Math.max(0, estimate - half),
    upper: Math.min(horizon, estimate + half),
  };
}
