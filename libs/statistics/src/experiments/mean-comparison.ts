import { checkConfidence } from '../survival/checked-column.js';
import { armComparison, type ArmComparison } from './arm-comparison.js';
import { checkArm, type ArmMoments } from './arm-moments.js';

export interface ComparisonOptions {
  /** Default 0.95. */
  readonly confidence?: number;
}

/**
 * Two arms' means by Welch's (1947) t: each arm has a variance of its own. From moments (`armMoments` of rows).
 *
 * Assumes that accounts are assigned by chance and do not move each other, one number each, and arms large enough for
 * means to be normal; for one look at a size fixed beforehand. For more looks: `alwaysValidMeans`.
 *
 * @throws StatisticsError `not-enough-data` below 2 accounts in an arm, `invalid-input`
 */
export function meanComparison(
  control: ArmMoments,
  treatment: ArmMoments,
  options: ComparisonOptions = {},
): ArmComparison {
  const confidence = checkConfidence(options.confidence ?? 0.95);
  const [other, own] = [checkArm('control', control), checkArm('treatment', treatment)].map(
    ({ accounts, mean, variance }) => ({
      estimate: mean,
      standardError: Math.sqrt(variance / accounts),
    }),
  ) as [ArmComparison['control'], ArmComparison['treatment']];
  return armComparison(other, own, welchFreedom(control, treatment), confidence);
}

/** Satterthwaite's (1946) degrees of freedom; those of the two arms together where nothing varies. */
export function welchFreedom(control: ArmMoments, treatment: ArmMoments): number {
  const shares = [control, treatment].map(({ accounts, variance }) => variance / accounts) as [number, number];
  const total = shares[0] + shares[1];
  if (!(total > 0)) return control.accounts + treatment.accounts - 2;
  return 1 / ((shares[0] / total) ** 2 / (control.accounts - 1) + (shares[1] / total) ** 2 / (treatment.accounts - 1));
}
