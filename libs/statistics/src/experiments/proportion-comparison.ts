import { normalQuantile, twoSidedP } from '../distributions.js';
import { StatisticsError } from '../statistics-error.js';
import { checkConfidence } from '../survival/checked-column.js';
import { armComparison, type ArmComparison } from './arm-comparison.js';
import { checkCounts, type ArmCounts } from './arm-counts.js';
import { wilson } from './proportion-interval.js';

/**
 * `wald`: estimate ± t s, the arms' own variances p(1 - p)/n, Student's t on n₁ + n₂ - 2, which keeps its size with
 * smaller arms than the normal does (D'Agostino, Chase & Belanger 1988); p of the same t.
 * `newcombe`: from the arms' Wilson intervals (Newcombe 1998, method 10), for few events; p of the score test.
 */
export type ProportionInterval = 'wald' | 'newcombe';

export interface ProportionOptions {
  /** Default `wald`. */
  readonly interval?: ProportionInterval;
  /** Default 0.95. */
  readonly confidence?: number;
}

/**
 * Two arms' shares of accounts with the event, from counts; sources and formulas stand with `ProportionInterval`.
 *
 * Assumes that accounts are assigned by chance and do not move each other; one look at a size fixed beforehand. For
 * more looks: `alwaysValidProportions`.
 *
 * @throws StatisticsError `not-enough-data` below 2 accounts in an arm, or for `wald` without both outcomes in either;
 *   `invalid-input`
 */
export function proportionComparison(
  control: ArmCounts,
  treatment: ArmCounts,
  options: ProportionOptions = {},
): ArmComparison {
  const { interval = 'wald' } = options;
  const confidence = checkConfidence(options.confidence ?? 0.95);
  if (interval !== 'wald' && interval !== 'newcombe') {
    throw new StatisticsError('invalid-input', `interval is ${String(interval)}: give wald or newcombe.`);
  }
  checkCounts('control', control);
  checkCounts('treatment', treatment);
  const arms = [control, treatment].map(({ events, accounts }) => {
    const share = events / accounts;
    return { estimate: share, standardError: Math.sqrt((share * (1 - share)) / accounts) };
  }) as [ArmComparison['control'], ArmComparison['treatment']];
  const freedom = control.accounts + treatment.accounts - 2;
  const wald = armComparison(...arms, freedom, confidence);
  if (interval === 'newcombe')
    return { ...wald, difference: { ...wald.difference, ...newcombe(control, treatment, confidence) } };
  if (wald.difference.standardError > 0) return wald;
  throw new StatisticsError('not-enough-data', `control has ${control.events} of ${control.accounts} and treatment ${treatment.events} of ${treatment.accounts}: neither varies, so wald has no width; give interval newcombe.`); // prettier-ignore
}

function newcombe(control: ArmCounts, treatment: ArmCounts, confidence: number) {
  const z = normalQuantile((1 + confidence) / 2);
  const [other, own] = [control, treatment].map((arm) => ({ share: arm.events / arm.accounts, wilson: wilson(arm, z) })) as [Scored, Scored]; // prettier-ignore
  const estimate = own.share - other.share;
  const lower = estimate - Math.hypot(own.share - own.wilson[0], other.wilson[1] - other.share);
  const upper = estimate + Math.hypot(own.wilson[1] - own.share, other.share - other.wilson[0]);
  const pooled = (control.events + treatment.events) / (control.accounts + treatment.accounts);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / control.accounts + 1 / treatment.accounts));
  return { lower, upper, p: error === 0 ? 1 : twoSidedP(estimate / error), degreesOfFreedom: Infinity };
}

interface Scored {
  readonly share: number;
  readonly wilson: readonly [number, number];
}
