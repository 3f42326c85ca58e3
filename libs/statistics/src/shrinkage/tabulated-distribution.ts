import { bracketedRoot } from '../bracketed-root.js';

/** A distribution from a smooth density at equal steps, lowest first, from one tail to the other. */
export interface Tabulated {
  readonly first: number;
  readonly step: number;
  readonly last: number;
  /** Not normalised. */
  readonly density: readonly number[];
}

/**
 * Its distribution function: at the nodes by trapezoids with the Euler–Maclaurin corrections of the open end, between
 * them by quintics through it, its slope and its curvature. At steps of half a standard deviation off by less than 1e-4.
 */
export function tabulatedCdf({ first, step, density }: Tabulated): (x: number) => number {
  const total = density.reduce((sum, one) => sum + one, 0);
  const value = (k: number): number => (density[k] ?? 0) / total;
  // First and third derivatives by central differences; the step is the unit.
  const slope = (k: number): number => (8 * (value(k + 1) - value(k - 1)) - value(k + 2) + value(k - 2)) / 12;
  const third = (k: number): number => (value(k + 2) - value(k - 2)) / 2 - (value(k + 1) - value(k - 1));
  let sum = 0;
  const ends = density.map((own, k): Ends => {
    sum += own / total;
    return [sum - own / total / 2 - slope(k) / 12 + third(k) / 720, value(k), slope(k)];
  });
  return (x) => {
    const at = (x - first) / step;
    if (!(at > 0)) return 0;
    const k = Math.floor(at);
    return k >= density.length - 1 ? 1 : quinticBetween(ends[k]!, ends[k + 1]!, at - k);
  };
}

export function tabulatedQuantile(table: Tabulated, probability: number): number {
  const cdf = tabulatedCdf(table);
  return bracketedRoot((x) => cdf(x) - probability, table.first, table.last, 1e-10);
}

type Ends = readonly [value: number, slope: number, curvature: number];

/** The quintic on [0, 1] with these values, slopes and curvatures at its ends. */
function quinticBetween([p0, v0, a0]: Ends, [p1, v1, a1]: Ends, t: number): number {
  const [p, v, a] = [p1 - p0 - v0 - a0 / 2, v1 - v0 - a0, a1 - a0];
  const [c3, c4, c5] = [10 * p - 4 * v + a / 2, -15 * p + 7 * v - a, 6 * p - 3 * v + a / 2];
  return p0 + t * (v0 + t * (a0 / 2 + t * (c3 + t * (c4 + t * c5))));
}
