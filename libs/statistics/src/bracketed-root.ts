import { StatisticsError } from './statistics-error.js';

const MOST_STEPS = 200;

/**
 * Where a continuous function changes its sign between two points: Illinois steps (Dowell & Jarratt 1971), halved when
 * they do not shrink the bracket.
 *
 * @param tolerance of the answer, absolute; reached, or the spacing of numbers there
 * @throws StatisticsError `no-convergence` where the function has the same sign at both ends, or is NaN
 */
export function bracketedRoot(f: (x: number) => number, from: number, to: number, tolerance: number): number {
  let [a, b] = [from, to];
  let [fa, fb] = [f(a), f(b)];
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (!(fa < 0 !== fb < 0) || Number.isNaN(fa + fb)) {
    throw new StatisticsError('no-convergence', `No change of sign between ${from} (${fa}) and ${to} (${fb}).`);
  }
  let width = Infinity;
  for (let step = 0; step < MOST_STEPS && Math.abs(b - a) > tolerance; step++) {
    const isSlow = step % 3 === 2 && Math.abs(b - a) > width / 2;
    if (step % 3 === 2) width = Math.abs(b - a);
    const secant = (a * fb - b * fa) / (fb - fa);
    const isInside = secant > Math.min(a, b) && secant < Math.max(a, b);
    const x = isInside && !isSlow ? secant : a + (b - a) / 2;
    if (x === a || x === b) break;
    const fx = f(x);
    if (fx === 0) return x;
    if (Number.isNaN(fx)) throw new StatisticsError('no-convergence', `The function is not a number at ${x}.`);
    if (fx < 0 !== fb < 0) [a, fa] = [b, fb];
    else fa /= 2;
    [b, fb] = [x, fx];
  }
  return b;
}
