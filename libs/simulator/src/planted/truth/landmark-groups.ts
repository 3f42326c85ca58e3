import type { PlantedCompany } from '../planted-company.js';
import { active, occupancy } from './occupancy.js';
import type { Occupancy } from './occupancy.js';
import { strataOf } from './strata.js';
import type { Stratum } from './strata.js';

export interface LandmarkQuestion {
  milestone: 'integration' | 'team';
  /** Days from signup, after the trial. */
  at: number;
  /** Days from the landmark. */
  horizon: number;
}

/** Those active at the landmark that were in one state then, of one stratum. */
export interface LandmarkGroup {
  stratum: Stratum;
  isReached: boolean;
  /** Of all accounts. */
  at: Occupancy;
}

export function landmarkGroups(company: PlantedCompany, { milestone, at }: LandmarkQuestion): LandmarkGroup[] {
  const [, { day, factor, treatedShare }] = company.playbooks;
  return strataOf(company).flatMap((stratum) => {
    const { unreached, reached } = occupancy(stratum, 0, at, { unreached: stratum.share, reached: 0 });
    if (milestone === 'integration')
      return [
        { stratum, isReached: false, at: { unreached, reached: 0 } },
        { stratum, isReached: true, at: { unreached: 0, reached } },
      ];
    // Within a stratum team-adoption says nothing of integration-depth, nor of churn.
    const late = Math.max(0, at - day);
    const alone = Math.exp(-stratum.team * (at - late));
    const without = alone * (1 - treatedShare) * Math.exp(-stratum.team * late) + alone * treatedShare * Math.exp(-stratum.team * factor * late); // prettier-ignore
    const part = (share: number): Occupancy => ({ unreached: unreached * share, reached: reached * share });
    return [
      { stratum, isReached: false, at: part(without) },
      { stratum, isReached: true, at: part(1 - without) },
    ];
  });
}

/** Risk of leaving within the horizon. */
export function riskOf({ stratum, at }: LandmarkGroup, { at: day, horizon }: LandmarkQuestion): number {
  return 1 - active(occupancy(stratum, day, day + horizon, at)) / active(at);
}
