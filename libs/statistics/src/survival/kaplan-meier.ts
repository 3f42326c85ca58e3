import { productLimit, type ProductLimit } from './product-limit.js';
import { riskTableOf, type SurvivalData } from './checked-risk-table.js';
import {
  checkTransform,
  intervalInto,
  intervalWidth,
  type IntervalOptions,
  type IntervalTransform,
} from './probability-interval.js';

/** A step function: `survival[j]` holds from `time[j]` until the next time; before the first it is 1. Equal lengths. */
export interface SurvivalCurve {
  readonly time: Float64Array;
  readonly atRisk: Float64Array;
  readonly events: Float64Array;
  readonly censored: Float64Array;
  readonly survival: Float64Array;
  /** Of `survival`, by Greenwood. */
  readonly standardError: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly transform: IntervalTransform;
  readonly confidence: number;
}

/**
 * Kaplan–Meier: S(t) = Π (1 - d/n), with Greenwood's variance S² Σ d/(n(n - d)) and pointwise intervals
 * (Kalbfleisch & Prentice 2002, §1.4). Rows or a risk table give the same answer; n log n.
 *
 * Assumes that who is censored fares as those who stay. Competing events are not censoring: see `aalenJohansen`.
 * All censored: S stays 1 with standard error 0. Where S reaches 0 its standard error is Greenwood's limit 0, and the
 * interval runs from 0 to the upper bound before, for S cannot rise again. With delayed entry an early risk set may be
 * small and end the curve at 0: look at `atRisk`.
 *
 * @throws StatisticsError as `riskTableOf`
 */
export function kaplanMeier(data: SurvivalData, options: IntervalOptions = {}): SurvivalCurve {
  const { confidence = 0.95 } = options;
  const transform = checkTransform(options.transform ?? 'log-log');
  const z = intervalWidth(confidence);
  const table = riskTableOf(data);
  const curve = productLimit(table, z);
  if (transform !== 'log-log') changeBounds(curve, z, transform);
  return { ...table, ...curve, transform, confidence };
}

function changeBounds({ survival, standardError, lower, upper }: ProductLimit, z: number, to: IntervalTransform): void {
  const bounds = Float64Array.of(1, 1);
  for (let j = 0; j < survival.length; j++) {
    if (survival[j] === 0) bounds[0] = 0;
    else intervalInto(bounds, survival[j]!, standardError[j]!, z, to);
    lower[j] = bounds[0]!;
    upper[j] = bounds[1]!;
  }
}
