import { shareOfOdds } from '../shrinkage/mixed-likelihood.js';
import { StatisticsError } from '../statistics-error.js';
import { betaGeometricSum } from './beta-geometric-sum.js';
import { checkSurvived } from './retention-forecast.js';
import { logSurvivalRatio } from './retention-curve.js';

export interface TermsOptions {
  /** Rate per term, so that a term later counts 1/(1 + discount) as much. Above -1. */
  readonly discount: number;
  /** Terms that the account is in or has had: 0 for a new one, n for one in its n-th term, before its renewal. Default 0. */
  readonly active?: number;
  /** How many terms are counted at most, up to 1,000,000. Default Infinity. */
  readonly terms?: number;
}

/** What a term later counts, with amounts that grow: (1 + growth)/(1 + discount). */
export function termFactor({ discount, active = 0, terms = Infinity }: TermsOptions, growth = 0): number {
  for (const [name, rate] of [
    ['discount', discount],
    ['growth', growth],
  ] as const) {
    if (!(rate > -1 && rate < Infinity)) throw new StatisticsError('invalid-input', `${name} is ${rate}: give a rate per term above -1, such as 0.1.`); // prettier-ignore
  }
  checkSurvived('active', active);
  if (terms !== Infinity && !(Number.isInteger(terms) && terms >= 1 && terms <= 1_000_000)) {
    throw new StatisticsError(
      'invalid-input',
      `terms is ${terms}: give a whole number from 1 to 1000000, or Infinity.`,
    );
  }
  return (1 + growth) / (1 + discount);
}

/**
 * Σ factor^k × the share still there, k = 0 … terms - 1. For a new account the first term is certain; for one in its
 * n-th term the first that counts is the next, if it renews: S(n + k)/S(n - 1).
 */
export function discountedTerms(logOdds: number, phi: number, factor: number, active: number, terms: number): number {
  const [mu, rest] = shareOfOdds(logOdds);
  const first = active === 0 ? 1 : Math.exp(logSurvivalRatio(logOdds, phi, active - 1, active).value);
  const retained = (i: number): number => (rest + i * phi) / (1 + i * phi);
  if (terms < Infinity) {
    let [sum, term] = [0, first];
    for (let k = 0; k < terms && term > 0; k++) {
      sum += term;
      term *= factor * retained(active + k);
      if (sum === Infinity) throw new StatisticsError('invalid-input', `The value of ${terms} terms is too large to hold: give fewer, or a smaller growth.`); // prettier-ignore
    }
    return sum;
  }
  if (phi === 0) {
    if (factor * rest < 1) return first / (1 - factor * rest);
    throw new StatisticsError('invalid-input', `Amounts grow by ${factor} a term and ${rest} is retained: the sum has no end; give a number of terms.`); // prettier-ignore
  }
  const alpha = mu / phi;
  if (factor < 1 || (factor === 1 && alpha > 1)) return first * betaGeometricSum(rest / phi + active, 1 / phi + active, factor); // prettier-ignore
  throw new StatisticsError('invalid-input', `Discount less growth gives later terms ${factor} of the weight and α is ${alpha}: the sum has no end, since those who stay leave ever less often; give a larger discount or a number of terms.`); // prettier-ignore
}
