import type { CoxData } from './cox-data.js';
import { sweepRiskSets, type TieMethod } from './risk-set-sweep.js';

export interface PartialLikelihood {
  readonly logLikelihood: number;
  /** Of the standardised covariates. */
  readonly gradient: Float64Array;
  /** Minus the second derivative, as a packed lower triangle. */
  readonly information: Float64Array;
}

/** Linear predictor of each sorted row, offset included, about 0 at the mean. */
export function linearPredictors({ x, rows, names, offset }: CoxData, beta: Float64Array): Float64Array {
  const size = names.length;
  const eta = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = offset[i]!;
    for (let a = 0; a < size; a++) sum += x[i * size + a]! * beta[a]!;
    eta[i] = sum;
  }
  return eta;
}

/**
 * Cox's log partial likelihood and its derivatives: Σ w (η_i - log Σ r), ties by Breslow (1974) or Efron (1977), whose
 * l-th of m factors takes l/m of the events' risk out of the risk set; weighted as in Therneau & Grambsch 2000, §7.1.
 */
export function partialLikelihood(data: CoxData, beta: Float64Array, ties: TieMethod): PartialLikelihood {
  const size = data.names.length;
  const eta = linearPredictors(data, beta);
  const gradient = new Float64Array(size);
  const information = new Float64Array((size * (size + 1)) / 2);
  const mean = new Float64Array(size);
  let logLikelihood = 0;
  for (let i = 0; i < data.rows; i++) {
    if (data.event[i] === 0) continue;
    const importance = data.weight[i]! * data.count[i]!;
    logLikelihood += importance * eta[i]!;
    for (let a = 0; a < size; a++) gradient[a]! += importance * data.x[i * size + a]!;
  }
  sweepRiskSets(data, eta.map(Math.exp), ties, 2, ({ s0, s1, s2, e0, e1, e2, eventWeight, factors }) => {
    const w = eventWeight / factors;
    for (let l = 0; l < factors; l++) {
      const out = l / factors;
      const sum = s0 - out * e0;
      logLikelihood -= w * Math.log(sum);
      const scaled = w / sum;
      for (let a = 0, ab = 0; a < size; a++) {
        mean[a] = (s1[a]! - out * e1[a]!) / sum;
        gradient[a]! -= w * mean[a]!;
        const wm = w * mean[a]!;
        for (let b = 0; b <= a; b++, ab++) information[ab]! += scaled * (s2[ab]! - out * e2[ab]!) - wm * mean[b]!;
      }
    }
  });
  return { logLikelihood, gradient, information };
}
