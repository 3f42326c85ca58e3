import type { CoxData } from './cox-data.js';
import { hazardIncrements } from './hazard-increments.js';
import { linearPredictors } from './partial-likelihood.js';
import type { TieMethod } from './risk-set-sweep.js';
import { lastAtOrBefore } from './survival-at.js';

/**
 * Each sorted row's part in the gradient, unweighted, row by row: U_i = δ (x - x̄) - e^η Σ (x - x̄(t)) dΛ(t) over the
 * row's time at risk (Therneau & Grambsch 2000, §4.6). They add up to 0 by weight.
 */
export function scoreResiduals(data: CoxData, beta: Float64Array, ties: TieMethod): Float64Array {
  const size = data.names.length;
  const relativeRisk = linearPredictors(data, beta).map(Math.exp);
  const residuals = new Float64Array(data.rows * size);
  hazardIncrements(data, relativeRisk, ties).forEach((increments, stratum) => {
    const { from, to } = data.strata[stratum]!;
    const { time, hazard, meanHazard, ownHazard, ownMeanHazard, mean } = increments;
    let until = -1;
    for (let i = from; i < to; i++) {
      while (until + 1 < time.length && time[until + 1]! <= data.time[i]!) until++;
      const since = data.start === null ? -1 : lastAtOrBefore(time, data.start[i]!);
      const isEvent = data.event[i] === 1;
      // Among tied events each leaves the risk set part by part: the full increment is replaced by its own.
      const last = isEvent ? until - 1 : until;
      const exposure = (hazard[last] ?? 0) - (hazard[since] ?? 0) + (isEvent ? ownHazard[until]! : 0);
      for (let a = 0; a < size; a++) {
        const x = data.x[i * size + a]!;
        const own = isEvent ? ownMeanHazard[until * size + a]! : 0;
        const met = (meanHazard[last * size + a] ?? 0) - (meanHazard[since * size + a] ?? 0) + own;
        const event = isEvent ? x - mean[until * size + a]! : 0;
        residuals[i * size + a] = event - relativeRisk[i]! * (x * exposure - met);
      }
    }
  });
  return residuals;
}
