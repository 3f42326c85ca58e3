import { normalQuantile, twoSidedP } from '../distributions.js';
import { StatisticsError } from '../statistics-error.js';
import { eValue, type EValue } from './e-value.js';

export interface EffectInterval {
  readonly estimate: number;
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
}

export interface TreatmentEffect {
  /** Mean outcome had all been treated, and had none. */
  readonly treatedMean: number;
  readonly otherMean: number;
  /** Treated less others, in the outcome's units. */
  readonly difference: EffectInterval & { readonly p: number };
  /** Only of outcomes that are 0 or 1, with both means above 0; its interval is symmetric in logs. */
  readonly riskRatio: EffectInterval | null;
  readonly eValue: EValue | null;
}

/**
 * From means and each row's influence on them, `count` rows each: variance is Σ count × influence².
 *
 * @throws StatisticsError `not-enough-data` where no outcome varies: such an interval would have no width
 */
export function effectOf(
  means: readonly [other: number, treated: number],
  influences: readonly [Float64Array, Float64Array],
  count: Float64Array,
  isBinary: boolean,
  confidence: number,
): TreatmentEffect {
  const z = normalQuantile((1 + confidence) / 2);
  const errorOf = (own: number, other: number): number =>
    Math.sqrt(count.reduce((sum, one, i) => sum + one * (own * influences[1][i]! - other * influences[0][i]!) ** 2, 0));
  const [otherMean, treatedMean] = means;
  const estimate = treatedMean - otherMean;
  const standardError = errorOf(1, 1);
  if (!(standardError > 0)) {
    throw new StatisticsError('not-enough-data', `The outcome is ${treatedMean} for all of one arm and ${otherMean} for all of the other: nothing varies, so nothing says how far off that may be. Wait, or choose another outcome.`); // prettier-ignore
  }
  const p = twoSidedP(estimate / standardError);
  const difference = { estimate, standardError, lower: estimate - z * standardError, upper: estimate + z * standardError, p }; // prettier-ignore
  if (!isBinary || !(otherMean > 0 && treatedMean > 0)) return { treatedMean, otherMean, difference, riskRatio: null, eValue: null }; // prettier-ignore
  const ratio = treatedMean / otherMean;
  const logError = errorOf(1 / treatedMean, 1 / otherMean);
  const riskRatio = { estimate: ratio, standardError: ratio * logError, lower: ratio * Math.exp(-z * logError), upper: ratio * Math.exp(z * logError) }; // prettier-ignore
  return { treatedMean, otherMean, difference, riskRatio, eValue: eValue(riskRatio) };
}
