import { orderTest } from '@milepost/statistics';
import type { Path } from '@milepost/statistics';
import { plantedAccounts } from '../../../planted/planted-accounts.js';
import type { PlantedAccounts } from '../../../planted/planted-accounts.js';
import type { PlantedData } from '../planted-data.js';
import { plantedPaths } from '../planted-paths.js';
import type { Findings } from '../sighting.js';

const DAYS = 14;
const LEVEL = 0.05;
/** Touches make a large table. With 4,000 accounts it has cells of fewer than 5, and the test finds 8 % instead of 5. */
const MANY = 20_000;

/** Does what came before the present step matter for the next one? Where it does by the plan, and where it does not. */
export function stepMemory({ seed, company, accounts }: PlantedData): Findings {
  const alike = { ...company, opening: { ...company.opening, importFirst: 1 } };
  const without = plantedAccounts({ company: alike, seed, until: accounts.count });
  const many = plantedAccounts({ company, seed, until: MANY });
  return {
    tallies: [
      { row: 'Order of the setup steps: found to matter', target: 'sure', happened: hasMemory(setupPaths(accounts)) },
      { row: 'Order that does not matter: found to matter', target: 'rare', happened: hasMemory(setupPaths(without)) },
      { row: 'Touches without memory: found to have one', target: 'rare', happened: hasMemory(touchPaths(many)) },
    ],
  };
}

const hasMemory = (paths: readonly Path[]): boolean => orderTest(paths).oneAgainstTwo.p < LEVEL;

/** Within the trial, so that nobody has left: the first step, the setup's end, the first value. */
function setupPaths({ count, importsFirst, setupComplete, firstValue }: PlantedAccounts): Path[] {
  return Array.from({ length: count }, (_, i) => {
    const states = [importsFirst[i] === 1 ? 'import first' : 'configure first'];
    if (setupComplete[i]! <= DAYS) states.push('set up');
    if (firstValue[i]! <= DAYS) states.push('first value');
    return { states };
  });
}

const touchPaths = (accounts: PlantedAccounts): Path[] =>
  plantedPaths(accounts).flatMap(({ touches, paid, unpaid }) => [
    { states: [...touches, 'paid'], count: paid },
    { states: touches, count: unpaid },
  ]);
