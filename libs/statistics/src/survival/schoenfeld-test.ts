import { CholeskyDecomposition } from 'ml-matrix';
import { StatisticsError } from '../statistics-error.js';
import { coxData, type CoxColumns } from './cox-data.js';
import type { CoxFit } from './cox-regression.js';
import { chiSquareTest, type ChiSquareTest } from './hazard-ratio.js';
import { fromPacked, solvePositive } from './information-matrix.js';
import { linearPredictors } from './partial-likelihood.js';
import { sweepRiskSets } from './risk-set-sweep.js';
import { standardisedEstimates } from './standardised-columns.js';
import { timeTransform, type TimeTransform } from './time-transform.js';

export interface SchoenfeldTest {
  readonly transform: TimeTransform;
  /** One degree of freedom each. */
  readonly covariates: readonly (ChiSquareTest & { readonly name: string })[];
  /** All covariates together. */
  readonly global: ChiSquareTest;
}

/**
 * Whether effects change over time: the score test of adding x g(t) for each covariate (Grambsch & Therneau 1994, in
 * the exact form of cox.zph in R's survival from 3.0 on), g by default 1 - Kaplan–Meier just before t. A small p says
 * that the one hazard ratio is an average over time; many rows make any departure significant: look at its size too.
 *
 * @param columns those of the fit
 * @throws StatisticsError as `coxData`; `not-enough-data` if all events happened at one time
 */
export function schoenfeldTest(columns: CoxColumns, fit: CoxFit, transform: TimeTransform = 'km'): SchoenfeldTest {
  const data = coxData(columns);
  const size = data.names.length;
  const g = timeTransform(data, transform);
  const packed = (): Float64Array => new Float64Array((size * (size + 1)) / 2);
  const [plain, once, twice] = [packed(), packed(), packed()];
  const gradient = new Float64Array(size);
  const mean = new Float64Array(size);
  const relativeRisk = linearPredictors(data, standardisedEstimates(fit, data)).map(Math.exp);
  sweepRiskSets(data, relativeRisk, fit.ties, 2, ({ time, from, to, s0, s1, s2, e0, e1, e2, eventWeight, factors }) => {
    const at = g(time);
    for (let i = from; i < to; i++) {
      const importance = data.event[i]! * data.weight[i]! * data.count[i]!;
      for (let a = 0; a < size; a++) gradient[a]! += at * importance * data.x[i * size + a]!;
    }
    const w = eventWeight / factors;
    for (let l = 0; l < factors; l++) {
      const out = l / factors;
      const sum = s0 - out * e0;
      for (let a = 0, ab = 0; a < size; a++) {
        mean[a] = (s1[a]! - out * e1[a]!) / sum;
        gradient[a]! -= at * w * mean[a]!;
        for (let b = 0; b <= a; b++, ab++) {
          const information = w * ((s2[ab]! - out * e2[ab]!) / sum - mean[a]! * mean[b]!);
          plain[ab]! += information;
          once[ab]! += at * information;
          twice[ab]! += at * at * information;
        }
      }
    }
  });
  const cross = fromPacked(once, size);
  const inverse = new CholeskyDecomposition(fromPacked(plain, size));
  // The information on x g(t) that is not information on x.
  const own = fromPacked(twice, size).sub(cross.mmul(inverse.solve(cross)));
  const solved = solvePositive(own, gradient);
  if (solved === null || own.get(0, 0) < 1e-9 * twice[0]!) {
    throw new StatisticsError('not-enough-data', 'Events at too few different times: no change over time can be seen.');
  }
  return {
    transform,
    covariates: data.names.map((name, a) => ({ name, ...chiSquareTest(gradient[a]! ** 2 / own.get(a, a), 1) })),
    global: chiSquareTest(
      gradient.reduce((sum, one, a) => sum + one * solved[a]!, 0),
      size,
    ),
  };
}
