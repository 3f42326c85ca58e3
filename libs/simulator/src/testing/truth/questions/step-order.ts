import { proportionComparison } from '@milepost/statistics';
import { orderRiskDifference } from '../../../planted/truth/index.js';
import { rowsWhere } from '../planted-data.js';
import type { PlantedData } from '../planted-data.js';
import type { Findings } from '../sighting.js';

const DAYS = 7;

/** Does the order of the setup steps matter for what follows? The first value within a week of the setup's end. */
export function stepOrder({ company, accounts }: PlantedData): Findings {
  const { setupComplete, firstValue, ends } = accounts;
  const arms = [0, 1].map((first) => {
    const own = rowsWhere(accounts, (i) => accounts.importsFirst[i] === first && setupComplete[i]! + DAYS < ends[i]!);
    return { accounts: own.length, events: own.filter((i) => firstValue[i]! <= setupComplete[i]! + DAYS).length };
  });
  const honest = proportionComparison(arms[0]!, arms[1]!).difference;
  const truth = orderRiskDifference(company, DAYS);
  return { seen: [{ row: 'Imports first: first value within 7 days', truth, honest }] };
}
