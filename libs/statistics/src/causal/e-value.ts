import { StatisticsError } from '../statistics-error.js';

/** What is compared: risks, odds or hazards of an event that is rare (under 15 % by the end) or common; or means. */
export type EffectScale = 'risk-ratio' | 'odds-ratio-rare' | 'odds-ratio-common' | 'hazard-ratio-rare' | 'hazard-ratio-common'; // prettier-ignore

export interface EValue {
  /** Least risk ratio that an unobserved confounder must have with both treatment and outcome to explain all of it. */
  readonly estimate: number;
  /** The same to move the interval to 1; 1 where it holds 1 already. */
  readonly interval: number;
}

/**
 * E-value (VanderWeele & Ding 2017): RR + √(RR (RR - 1)) on the side above 1; odds ratios of common events by their
 * root, hazard ratios of common events by (1 - 0.5^√HR) / (1 - 0.5^√(1/HR)).
 *
 * @param ratio with the bounds of its interval, lower ≤ ratio ≤ upper, all above 0
 * @throws StatisticsError `invalid-input`
 */
export function eValue(
  ratio: { readonly estimate: number; readonly lower: number; readonly upper: number },
  scale: EffectScale = 'risk-ratio',
): EValue {
  const { estimate, lower, upper } = ratio;
  if (!(lower > 0 && lower <= estimate && estimate <= upper && upper < Infinity)) {
    throw new StatisticsError('invalid-input', `ratio is ${estimate} (${lower} to ${upper}): give finite numbers above 0 with lower ≤ estimate ≤ upper.`); // prettier-ignore
  }
  const toRisk = riskRatioBy[scale];
  if (toRisk === undefined) {
    throw new StatisticsError('invalid-input', `scale is ${String(scale)}: give ${Object.keys(riskRatioBy).join(', ')}.`); // prettier-ignore
  }
  const above = (one: number): number => (one < 1 ? 1 / toRisk(one) : toRisk(one));
  const value = (one: number): number => above(one) + Math.sqrt(above(one) * (above(one) - 1));
  const bound = estimate >= 1 ? Math.max(1, lower) : Math.min(1, upper);
  return { estimate: value(estimate), interval: value(bound) };
}

const riskRatioBy: Readonly<Record<EffectScale, (ratio: number) => number>> = {
  'risk-ratio': (one) => one,
  'odds-ratio-rare': (one) => one,
  'hazard-ratio-rare': (one) => one,
  'odds-ratio-common': Math.sqrt,
  'hazard-ratio-common': (one) => (1 - 0.5 ** Math.sqrt(one)) / (1 - 0.5 ** Math.sqrt(1 / one)),
};
