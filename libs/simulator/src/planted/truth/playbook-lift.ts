import type { PlantedCompany } from '../planted-company.js';
import { active, occupancy } from './occupancy.js';
import { strataOf } from './strata.js';

/**
 * Risk of leaving within `days` of the playbook's day, of those it is played to less those held out: both active, without
 * a term, and with its milestone ahead. The first playbook helps by moving integration-depth; the second moves what has
 * no effect on churn, so its lift is 0.
 */
export function playbookRiskDifference(company: PlantedCompany, playbook: 0 | 1, days: number): number {
  if (playbook === 1) return 0;
  const { day, treatedShare } = company.playbooks[0];
  let [eligible, treated, heldOut] = [0, 0, 0];
  for (const stratum of strataOf(company)) {
    const armShare = stratum.isTreated ? treatedShare : 1 - treatedShare;
    const { unreached } = occupancy(stratum, 0, day, { unreached: stratum.share / armShare, reached: 0 });
    const left = active(occupancy(stratum, day, day + days, { unreached, reached: 0 }));
    if (stratum.isTreated) treated += left;
    else {
      heldOut += left;
      eligible += unreached;
    }
  }
  return (heldOut - treated) / eligible;
}
