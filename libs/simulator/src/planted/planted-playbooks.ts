import type { PlantedCompany } from './planted-company.js';
import type { PlantedLife } from './planted-life.js';

/** Active on the playbook's day, with its milestone still ahead: both arms of the experiment. */
export function isEligible(company: PlantedCompany, life: PlantedLife, playbook: 0 | 1): boolean {
  const { day, milestone } = company.playbooks[playbook];
  return life.ends > day && (milestone === 'integration' ? life.integrated : life.team) > day;
}

export const isPlayed = (company: PlantedCompany, life: PlantedLife, playbook: 0 | 1): boolean =>
  life.isTreated[playbook] && isEligible(company, life, playbook);
