import { normalDraw } from '../normal-draw.js';

/** A draw of a Dirichlet distribution: gamma draws over their sum. Weights of 0 stay 0. */
export function dirichletDraw(weights: readonly number[], random: () => number): number[] {
  const draws = weights.map((weight) => (weight > 0 ? gammaDraw(weight, random) : 0));
  const total = draws.reduce((sum, one) => sum + one, 0);
  // All shapes so small that every draw is 0 to the last digit: the likeliest corner then.
  if (!(total > 0)) {
    const most = weights.indexOf(Math.max(...weights));
    return weights.map((_, i) => (i === most ? 1 : 0));
  }
  return draws.map((one) => one / total);
}

/** A draw is accepted with probability above 0.95 each time; a source that is not random must not hold us for ever. */
const ATTEMPTS = 1_000;

/** Marsaglia & Tsang (2000); below shape 1 by Γ(a + 1) U^(1/a). */
function gammaDraw(shape: number, random: () => number): number {
  if (shape < 1) return gammaDraw(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const x = normalDraw(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
  return d;
}
