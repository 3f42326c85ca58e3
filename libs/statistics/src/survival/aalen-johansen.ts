import {
  checkCompetingRiskTable,
  competingRiskTable,
  type CompetingRiskColumns,
  type CompetingRiskTable,
} from './competing-risk-table.js';
import { checkTransform, intervalWidth, probabilityInterval, type IntervalOptions } from './probability-interval.js';

/** Of one cause, at each time of the table. */
export interface IncidenceCurve {
  readonly incidence: Float64Array;
  readonly standardError: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

export interface CumulativeIncidence {
  readonly time: Float64Array;
  readonly atRisk: Float64Array;
  /** Share without any event yet: Kaplan–Meier of all causes together. */
  readonly survival: Float64Array;
  /** In the order of the causes' numbers; with `survival` they add up to 1 at each time. */
  readonly causes: readonly IncidenceCurve[];
}

/**
 * Aalen–Johansen for competing risks: F_k(t) = Σ S(t-) d_k/n. Its variance is of Greenwood's kind, from the recursion
 * of the covariance matrix of (S, F_k) with multinomial increments (Andersen et al. 1993, IV.4.1.3); equal to the
 * infinitesimal jackknife of R's survfit where nobody enters late. With one cause F = 1 - S of Kaplan–Meier, and so is
 * its error. Censoring must not depend on what would have come; the causes may depend on each other. 1 - KM of one
 * cause alone takes the others for censored and says too much.
 *
 * @throws StatisticsError as `competingRiskTable`
 */
export function aalenJohansen(
  data: CompetingRiskColumns | CompetingRiskTable,
  options: IntervalOptions = {},
): CumulativeIncidence {
  const transform = checkTransform(options.transform ?? 'log-log');
  const z = intervalWidth(options.confidence ?? 0.95);
  const { time, atRisk, events } = 'cause' in data ? competingRiskTable(data) : checkCompetingRiskTable(data);
  const survival = new Float64Array(time.length);
  for (let j = 0, left = 1; j < time.length; j++) {
    const died = events.reduce((sum, one) => sum + one[j]!, 0);
    if (died > 0) left *= Math.max(0, atRisk[j]! - died) / atRisk[j]!;
    survival[j] = left;
  }
  const causes = events.map((own) => {
    const curve = { incidence: new Float64Array(time.length), standardError: new Float64Array(time.length) };
    const bounds = { lower: new Float64Array(time.length), upper: new Float64Array(time.length) };
    let [incidence, left] = [0, 1];
    let [varianceOfLeft, covariance, variance] = [0, 0, 0];
    for (let j = 0; j < time.length; j++) {
      const n = atRisk[j]!;
      const died = events.reduce((sum, one) => sum + one[j]!, 0);
      if (died > 0) {
        const all = Math.min(1, died / n);
        const q = own[j]! / n;
        variance += 2 * q * covariance + q * q * varianceOfLeft + (left * left * q * (1 - q)) / n;
        covariance = (1 - all) * (covariance + q * varianceOfLeft) - (left * left * q * (1 - all)) / n;
        varianceOfLeft = (1 - all) ** 2 * varianceOfLeft + (left * left * all * (1 - all)) / n;
        incidence += left * q;
        left = survival[j]!;
      }
      const error = Math.sqrt(Math.max(0, variance));
      const certain = incidence <= 0 || incidence >= 1;
      [bounds.lower[j], bounds.upper[j]] = certain
        ? [incidence, incidence]
        : probabilityInterval(incidence, error, z, transform);
      curve.incidence[j] = incidence;
      curve.standardError[j] = error;
    }
    return { ...curve, ...bounds };
  });
  return { time, atRisk, survival, causes };
}
