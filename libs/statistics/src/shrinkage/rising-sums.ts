/** Sums over i = start … start + length - 1 of a function of x + iφ. */
export interface RisingSums {
  /** Σ log(x + iφ) */
  readonly log: number;
  /** Σ 1/(x + iφ) */
  readonly inverse: number;
  /** Σ 1/(x + iφ)² */
  readonly inverseSquare: number;
}

/** From here on Stirling's series, cut after six terms, errs by less than 1e-15. */
const LARGE = 12;

/**
 * The logarithm of a rising factorial in steps of φ, with its first derivatives, at a cost that does not grow with its
 * length: lnΓ, ψ and ψ₁ differences by Stirling's series (Abramowitz & Stegun 6.1.41, 6.3.18, 6.4.12), arranged so that
 * no digits are lost as φ → 0, where a beta-binomial becomes a binomial.
 *
 * @param x above 0
 * @param phi 0 or more
 */
export function risingSums(x: number, phi: number, start: number, length: number): RisingSums {
  const first = x + start * phi;
  if (phi === 0) return { log: length * Math.log(x), inverse: length / x, inverseSquare: length / (x * x) };
  const needed = Math.max(0, Math.ceil(LARGE - first / phi));
  const singly = length <= needed + 4 ? length : needed;
  let [log, inverse, inverseSquare, product] = [0, 0, 0, 1];
  for (let i = 0; i < singly; i++) {
    const term = first + i * phi;
    product *= term;
    inverse += 1 / term;
    inverseSquare += 1 / (term * term);
    if (product > 1e-100 && product < 1e100) continue;
    log += Math.log(product);
    product = 1;
  }
  log += Math.log(product);
  const k = length - singly;
  if (k === 0) return { log, inverse, inverseSquare };
  const z = first / phi + singly;
  const ratio = Math.log1p(k / z);
  const [low, high] = [stirling(z), stirling(z + k)];
  log += k * Math.log(first + singly * phi) + (z + k - 0.5) * ratio - k + high.gamma - low.gamma;
  inverse += (ratio + k / (2 * z * (z + k)) + high.digamma - low.digamma) / phi;
  inverseSquare += (k / (z * (z + k)) + low.trigamma - high.trigamma) / (phi * phi);
  return { log, inverse, inverseSquare };
}

/** What lnΓ, ψ and ψ₁ have beyond (z - ½) ln z - z + ½ ln 2π, ln z - 1/(2z) and 1/z. */
function stirling(z: number) {
  const w = 1 / (z * z);
  return {
    gamma: (1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w * (1 / 1188 - (w * 691) / 360360))))) / z,
    digamma: -w * (1 / 12 - w * (1 / 120 - w * (1 / 252 - w * (1 / 240 - w * (1 / 132 - (w * 691) / 32760))))),
    trigamma: w * (0.5 + (1 / 6 - w * (1 / 30 - w * (1 / 42 - w * (1 / 30 - (w * 5) / 66)))) / z),
  };
}
