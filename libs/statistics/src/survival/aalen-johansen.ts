import { StatisticsError } from '../statistics-error.js';
import {
  causeColumn,
  checkCompetingRiskTable,
  competingRiskTable,
  type CompetingRiskColumns,
  type CompetingRiskTable,
} from './competing-risk-table.js';
import { labelCodes } from './label-codes.js';
import { jackknifeErrors, type JackknifeRows } from './incidence-jackknife.js';
import { checkTransform, intervalWidth, probabilityInterval, type IntervalOptions } from './probability-interval.js';
import { checkRows } from './survival-columns.js';

export interface IncidenceOptions extends IntervalOptions {
  /**
   * `increments` (default): of Greenwood's kind, from counts alone. `jackknife`: R's, from rows, also of accounts that
   * have several (`cluster`).
   */
  readonly errors?: 'increments' | 'jackknife';
}

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
 * Aalen–Johansen for competing risks: F_k(t) = Σ S(t-) d_k/n. Its variance is by default of Greenwood's kind, from the
 * recursion of the covariance matrix of (S, F_k) with multinomial increments (Andersen et al. 1993, IV.4.1.3): rows and
 * their counts have the same, and with one cause, where F = 1 - S of Kaplan–Meier, it is Greenwood's. R's survfit has the
 * infinitesimal jackknife for several causes (and Greenwood for one). Where nobody enters late the two are equal; where
 * someone does they estimate the same but differ by some 1 %, because the martingale's increments at two times are only
 * uncorrelated, not orthogonal in the sample. `errors: 'jackknife'` gives R's, and stays right where rows are of the same
 * account.
 *
 * Before a cause's first event its incidence is 0 and so is its error: who is still at risk bounds it (`proportionInterval`
 * of none). Where it reaches 1 the interval runs from the lower bound before to 1, as Kaplan–Meier's does at 0.
 *
 * Censoring must not depend on what would have come; the causes may depend on each other. 1 - KM of one cause alone
 * takes the others for censored and says too much.
 *
 * @throws StatisticsError as `competingRiskTable`; `invalid-input` for the jackknife of a table, which has no rows
 */
export function aalenJohansen(
  data: CompetingRiskColumns | CompetingRiskTable,
  options: IncidenceOptions = {},
): CumulativeIncidence {
  const transform = checkTransform(options.transform ?? 'log-log');
  const z = intervalWidth(options.confidence ?? 0.95);
  const { errors: kind = 'increments' } = options;
  if (kind !== 'increments' && kind !== 'jackknife') {
    throw new StatisticsError('invalid-input', `errors is ${String(kind)}: give increments or jackknife.`);
  }
  const table = 'cause' in data ? competingRiskTable(data) : checkCompetingRiskTable(data);
  const { time, atRisk, events } = table;
  const jackknife = kind === 'jackknife' ? jackknifeRows(data) : null;
  const survival = new Float64Array(time.length);
  for (let j = 0, left = 1; j < time.length; j++) {
    const died = events.reduce((sum, one) => sum + one[j]!, 0);
    if (died > 0) left *= Math.max(0, atRisk[j]! - died) / atRisk[j]!;
    survival[j] = left;
  }
  const causes = events.map((own, k) => {
    const jackknifed = jackknife && jackknifeErrors(jackknife, table, k);
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
      const error = jackknifed === null ? Math.sqrt(Math.max(0, variance)) : jackknifed[j]!;
      if (incidence >= 1) [bounds.lower[j], bounds.upper[j]] = [bounds.lower[j - 1] ?? 0, 1];
      else if (incidence > 0) [bounds.lower[j], bounds.upper[j]] = probabilityInterval(incidence, error, z, transform);
      curve.incidence[j] = incidence;
      curve.standardError[j] = error;
    }
    return { ...curve, ...bounds };
  });
  return { time, atRisk, survival, causes };
}

function jackknifeRows(data: CompetingRiskColumns | CompetingRiskTable): JackknifeRows {
  if (!('cause' in data)) {
    throw new StatisticsError('invalid-input', 'errors is jackknife, and the data are counts: give rows, or leave errors out.'); // prettier-ignore
  }
  const { cause, cluster } = data;
  const { time, start, weights, rows } = checkRows({ ...data, event: new Uint8Array(data.time.length) });
  return {
    time,
    start,
    weights,
    cause: causeColumn(cause, rows),
    unit: cluster ? labelCodes('cluster', cluster, rows).codes : null,
  };
}
