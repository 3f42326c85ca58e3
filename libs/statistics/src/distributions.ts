import beta from '@stdlib/stats-base-dists-beta-cdf';
import betaInverse from '@stdlib/stats-base-dists-beta-quantile';
import chiSquare from '@stdlib/stats-base-dists-chisquare-cdf';
import negativeBinomial from '@stdlib/stats-base-dists-negative-binomial-cdf';
import negativeBinomialInverse from '@stdlib/stats-base-dists-negative-binomial-quantile';
import normal from '@stdlib/stats-base-dists-normal-cdf';
import normalInverse from '@stdlib/stats-base-dists-normal-quantile';
import tInverse from '@stdlib/stats-base-dists-t-quantile';

export const normalCdf = (x: number): number => normal(x, 0, 1);

export const normalQuantile = (p: number): number => normalInverse(p, 0, 1);

export const chiSquareCdf = (x: number, df: number): number => chiSquare(x, df);

/** Probability of a standard normal at least as far from 0 as `z`; keeps its digits where 1 - cdf has none left. */
export const twoSidedP = (z: number): number => Math.min(1, 2 * normal(-Math.abs(z), 0, 1));

/**
 * P(X > x) for a whole number of degrees of freedom, by Q(x; k + 2) = Q(x; k) + (x/2)^(k/2) e^(-x/2) / Γ(k/2 + 1)
 * (Abramowitz & Stegun 26.4.8). All terms are positive, so p = 1e-200 is as precise as p = 0.1.
 */
export function chiSquareUpperTail(x: number, df: number): number {
  if (x <= 0) return 1;
  const half = x / 2;
  let order = df % 2;
  let tail = order === 1 ? twoSidedP(Math.sqrt(x)) : 0;
  // The term for `order`, starting at Γ(3/2) = √π/2 or Γ(1) = 1.
  let term = order === 1 ? 2 * Math.sqrt(half / Math.PI) * Math.exp(-half) : Math.exp(-half);
  for (; order < df; order += 2) {
    tail += term;
    term *= half / (order / 2 + 1);
  }
  return Math.min(1, tail);
}

export const betaCdf = (x: number, a: number, b: number): number => beta(x, a, b);

export const betaQuantile = (p: number, a: number, b: number): number => betaInverse(p, a, b);

export const tQuantile = (p: number, df: number): number => tInverse(p, df);

/** Density of a standard normal. */
export const normalDensity = (x: number): number => Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI);

/** P(X ≤ x) of counts with this mean and variance mean + mean²/size; `size` above 0. */
export const negativeBinomialCdf = (x: number, mean: number, size: number): number =>
  x < 0 ? 0 : negativeBinomial(x, size, size / (size + mean));

/** The least count of which P(X ≤ x) reaches p. */
export const negativeBinomialQuantile = (p: number, mean: number, size: number): number =>
  negativeBinomialInverse(p, size, size / (size + mean));
