import { Matrix } from 'ml-matrix';
import { normalCdf, normalDensity } from '../distributions.js';
import { StatisticsError } from '../statistics-error.js';
import { gaussLegendre } from './gauss-legendre.js';
import { checkRunLength, limitFor, runLengths, togetherLength } from './run-length.js';

/** Which shifts a chart watches for. */
export type ChartSides = 'both' | 'upper' | 'lower';

export interface CusumDesign {
  /** k, in standard deviations: half of the shift that is to be found soonest. Default 0.5. */
  readonly reference?: number;
  /** h, in standard deviations, up to 50. */
  readonly threshold: number;
  /** Default `both`. */
  readonly sides?: ChartSides;
}

const HIGHEST = 50;

/**
 * Average number of looks until a CUSUM rings, from its start at 0, when the mean has moved by `shift` standard
 * deviations; of false alarms for shift 0. With one look a day it is in days. By Page's integral equation
 * L(s) = 1 + L(0) Φ(k - s - δ) + ∫₀ʰ L(y) φ(y + k - s - δ) dy on Gauss–Legendre nodes, the limit of Brook & Evans's
 * (1972) Markov chain; two sides by 1/L = 1/L₊ + 1/L₋ (Kemp 1961).
 *
 * Assumes independent normal looks with known mean and standard deviation; correlation from day to day makes false
 * alarms more frequent.
 *
 * @throws StatisticsError `invalid-input`; `no-convergence` where it is beyond 1e10
 */
export function cusumRunLength(design: CusumDesign, shift = 0): number {
  const { reference, threshold, sides } = checkedDesign(design);
  checkShift(shift);
  return checkRunLength(bySides(sides, shift, (delta) => oneSided(reference, threshold, delta)));
}

/**
 * Siegmund's (1985) approximation: (e^(-2Δb) + 2Δb - 1)/(2Δ²), Δ = δ - k, b = h + 1.166; b² where Δ = 0. Within a few
 * per cent in control, for any threshold.
 *
 * @throws StatisticsError `invalid-input`
 */
export function siegmundRunLength(design: CusumDesign, shift = 0): number {
  const { reference, threshold, sides } = checkedDesign(design);
  checkShift(shift);
  const b = threshold + 1.166;
  return bySides(sides, shift, (delta) => {
    const x = 2 * (delta - reference) * b;
    // (e^-x + x - 1)/x² is ½ - x/6 near 0.
    return 2 * b * b * (Math.abs(x) < 1e-5 ? 0.5 - x / 6 : (Math.expm1(-x) + x) / (x * x));
  });
}

/**
 * The threshold h at which a CUSUM rings falsely once in `runLength` looks.
 *
 * @throws StatisticsError `invalid-input`, also where no threshold from 0 to 50 has it
 */
export function cusumThreshold(runLength: number, design: Omit<CusumDesign, 'threshold'> = {}): number {
  const { reference, sides } = checkedDesign({ ...design, threshold: 1 });
  return limitFor(runLength, (h) => bySides(sides, 0, () => oneSided(reference, h, 0)), HIGHEST);
}

function bySides(sides: ChartSides, shift: number, length: (delta: number) => number): number {
  if (sides === 'upper') return length(shift);
  return sides === 'lower' ? length(-shift) : togetherLength(length(shift), length(-shift));
}

function oneSided(k: number, h: number, delta: number): number {
  const { nodes, weights } = gaussLegendre(Math.max(24, Math.ceil(6 * h)), 0, h);
  // State 0 is the sum at 0; the others are its values at the nodes.
  const states = [0, ...nodes];
  const stay = new Matrix(states.length, states.length);
  states.forEach((s, i) => {
    stay.set(i, 0, normalCdf(k - s - delta));
    weights.forEach((weight, j) => stay.set(i, j + 1, weight * normalDensity(nodes[j]! + k - s - delta)));
  });
  return runLengths(stay)[0]!;
}

export function checkedDesign({ reference = 0.5, threshold, sides = 'both' }: CusumDesign) {
  if (!(reference >= 0 && reference <= 10 && threshold > 0 && threshold <= HIGHEST)) {
    throw new StatisticsError('invalid-input', `reference is ${reference} and threshold ${threshold}: give standard deviations with 0 ≤ reference ≤ 10 and 0 < threshold ≤ ${HIGHEST}.`); // prettier-ignore
  }
  if (sides !== 'both' && sides !== 'upper' && sides !== 'lower') {
    throw new StatisticsError('invalid-input', `sides is ${String(sides)}: give both, upper or lower.`);
  }
  return { reference, threshold, sides };
}

export function checkShift(shift: number): void {
  if (Math.abs(shift) <= 100) return;
  throw new StatisticsError('invalid-input', `shift is ${shift}: give standard deviations from -100 to 100.`);
}
