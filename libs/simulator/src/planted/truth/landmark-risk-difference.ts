import type { PlantedCompany } from '../planted-company.js';
import { landmarkGroups, riskOf } from './landmark-groups.js';
import type { LandmarkGroup, LandmarkQuestion } from './landmark-groups.js';
import { active } from './occupancy.js';

export interface LandmarkRiskDifference {
  /** Standardised to the segments of all that are active at the landmark. */
  all: number;
  /** The same by overlap: a segment counts by active × reached share × other share. */
  overlap: number;
  /** Crude: reached less others, whoever they are. */
  crude: number;
}

/**
 * Risk of leaving within the horizon of those that had reached the milestone at the landmark, less that of the others,
 * among accounts without a term. `caused` holds segment and hidden trait fixed: what the milestone does. `seen` holds
 * the segment alone: what methods that know the segment find, however many accounts they have. Without a hidden trait
 * the two are one. In closed form.
 */
export function landmarkRiskDifference(
  company: PlantedCompany,
  question: LandmarkQuestion,
): { caused: LandmarkRiskDifference; seen: LandmarkRiskDifference } {
  const groups = landmarkGroups(company, question).filter(({ at }) => active(at) > 0);
  const mass = (of: readonly LandmarkGroup[]): number => of.reduce((sum, { at }) => sum + active(at), 0);
  const risk = (of: readonly LandmarkGroup[]): number =>
    of.reduce((sum, group) => sum + active(group.at) * riskOf(group, question), 0) / mass(of);
  const arm = (of: readonly LandmarkGroup[], isReached: boolean) => of.filter((group) => group.isReached === isReached);
  const difference = (of: readonly LandmarkGroup[]): number => risk(arm(of, true)) - risk(arm(of, false));
  const parts = company.segments.map((_, segment) => {
    const own = groups.filter(({ stratum }) => stratum.segment === segment);
    const traits = [0, 1].map((trait) => own.filter(({ stratum }) => stratum.hidden === trait)).filter((one) => mass(one) > 0); // prettier-ignore
    const whole = mass(own);
    const share = mass(arm(own, true)) / whole;
    const caused = traits.reduce((sum, one) => sum + (mass(one) / whole) * difference(one), 0);
    return { whole, overlap: whole * share * (1 - share), seen: difference(own), caused };
  });
  const mean = (value: 'seen' | 'caused', weight: 'whole' | 'overlap'): number =>
    parts.reduce((sum, part) => sum + part[weight] * part[value], 0) /
    parts.reduce((sum, part) => sum + part[weight], 0);
  const crude = difference(groups);
  return {
    caused: { all: mean('caused', 'whole'), overlap: mean('caused', 'overlap'), crude },
    seen: { all: mean('seen', 'whole'), overlap: mean('seen', 'overlap'), crude },
  };
}
