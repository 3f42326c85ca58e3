import { Matrix } from 'ml-matrix';
import { normalDensity } from '../distributions.js';
import { StatisticsError } from '../statistics-error.js';
import { checkShift } from './cusum-run-length.js';
import { gaussLegendre } from './gauss-legendre.js';
import { checkRunLength, limitFor, runLengths } from './run-length.js';

export interface EwmaDesign {
  /** λ, weight of the newest look, from 0.001 to 1. Default 0.2. */
  readonly lambda?: number;
  /** L, half width of the limits in the average's standard deviations, up to 10. Default 3. */
  readonly width?: number;
}

const WIDEST = 10;

/**
 * Average number of looks until an EWMA leaves its steady limits, from its start at the target, when the mean has moved
 * by `shift` standard deviations of a look; of false alarms for shift 0. With one look a day it is in days. By
 * Crowder's (1987) integral equation L(u) = 1 + 1/λ ∫ L(y) φ((y - (1 - λ)u)/λ - δ) dy on Gauss–Legendre nodes.
 *
 * Assumes independent normal looks with known mean and standard deviation.
 *
 * @throws StatisticsError `invalid-input`; `no-convergence` where it is beyond 1e10
 */
export function ewmaRunLength(design: EwmaDesign = {}, shift = 0): number {
  const { lambda, width } = checkedEwma(design);
  checkShift(shift);
  return checkRunLength(lengthOf(lambda, width, shift));
}

/**
 * The width L at which an EWMA rings falsely once in `runLength` looks.
 *
 * @throws StatisticsError `invalid-input`, also where no width from 0 to 10 has it
 */
export function ewmaWidth(runLength: number, design: Omit<EwmaDesign, 'width'> = {}): number {
  const { lambda } = checkedEwma(design);
  return limitFor(runLength, (width) => lengthOf(lambda, width, 0), WIDEST);
}

function lengthOf(lambda: number, width: number, shift: number): number {
  if (width === 0) return 1;
  const limit = width * Math.sqrt(lambda / (2 - lambda));
  const { nodes, weights } = gaussLegendre(Math.max(24, Math.ceil((6 * limit) / lambda)), -limit, limit);
  // State 0 is the target; the others are the average's values at the nodes.
  const states = [0, ...nodes];
  const stay = new Matrix(states.length, states.length);
  states.forEach((u, i) => {
    weights.forEach((weight, j) =>
      stay.set(i, j + 1, (weight / lambda) * normalDensity((nodes[j]! - (1 - lambda) * u) / lambda - shift)),
    );
  });
  return runLengths(stay)[0]!;
}

export function checkedEwma({ lambda = 0.2, width = 3 }: EwmaDesign) {
  if (lambda >= 0.001 && lambda <= 1 && width > 0 && width <= WIDEST) return { lambda, width };
  throw new StatisticsError('invalid-input', `lambda is ${lambda} and width ${width}: give 0.001 ≤ lambda ≤ 1 and 0 < width ≤ ${WIDEST}.`); // prettier-ignore
}
