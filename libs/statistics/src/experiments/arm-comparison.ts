import tCdf from '@stdlib/stats-base-dists-t-cdf';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';

/** Mean of an arm (or its ratio) with the error of that mean. */
export interface ArmEstimate {
  readonly estimate: number;
  readonly standardError: number;
}

export interface ArmComparison {
  readonly control: ArmEstimate;
  readonly treatment: ArmEstimate;
  /** Treatment less control, in the outcome's units. */
  readonly difference: {
    readonly estimate: number;
    readonly standardError: number;
    readonly lower: number;
    readonly upper: number;
    /** Two-sided. 0 or 1 where the outcomes do not vary at all. */
    readonly p: number;
    readonly degreesOfFreedom: number;
  };
  /** Difference as a share of control, by the delta method. Null unless control is above 0. */
  readonly lift: { readonly estimate: number; readonly standardError: number; readonly lower: number; readonly upper: number } | null; // prettier-ignore
}

/** Independent arms, by Student's t. */
export function armComparison(
  control: ArmEstimate,
  treatment: ArmEstimate,
  degreesOfFreedom: number,
  confidence: number,
): ArmComparison {
  const width = tQuantile((1 + confidence) / 2, degreesOfFreedom);
  const estimate = treatment.estimate - control.estimate;
  const standardError = Math.hypot(control.standardError, treatment.standardError);
  const p =
    standardError === 0 ? (estimate === 0 ? 1 : 0) : 2 * tCdf(-Math.abs(estimate / standardError), degreesOfFreedom);
  const half = width * standardError;
  return {
    control,
    treatment,
    difference: { estimate, standardError, lower: estimate - half, upper: estimate + half, p, degreesOfFreedom },
    lift: liftOf(control, treatment, width),
  };
}

/** t/c - 1; its variance is (s_t² + (t/c)² s_c²) / c². */
function liftOf(control: ArmEstimate, treatment: ArmEstimate, width: number): ArmComparison['lift'] {
  if (!(control.estimate > 0)) return null;
  const ratio = treatment.estimate / control.estimate;
  const standardError = Math.hypot(treatment.standardError, ratio * control.standardError) / control.estimate;
  if (!Number.isFinite(ratio) || !Number.isFinite(standardError)) return null;
  const half = width * standardError;
  return { estimate: ratio - 1, standardError, lower: ratio - 1 - half, upper: ratio - 1 + half };
}
