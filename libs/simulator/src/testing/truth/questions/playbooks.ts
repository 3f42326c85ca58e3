import { alwaysValidProportions, proportionComparison } from '@milepost/statistics';
import { playbookRiskDifference } from '../../../planted/truth/index.js';
import type { PlantedData } from '../planted-data.js';
import { OUTCOME_DAYS, weeklyLooks } from '../playbook-looks.js';
import { excludes } from '../sighting.js';
import type { Findings, Sighting } from '../sighting.js';

const NAMES = ['that helps', 'without effect'] as const;
/** What the analyst knew beforehand: one in four leaves in that time, as in other companies; and how many accounts are planned for. */
const EXPECTED = { share: 0.25, accounts: 1500 };

/** Do fewer leave within 90 days of the playbook? At the end, and to an analyst who looks every week. */
export function playbooks(data: PlantedData): Findings {
  const findings = ([0, 1] as const).map((playbook): Required<Omit<Findings, 'measures'>> => {
    const name = `Playbook ${NAMES[playbook]}`;
    const truth = playbookRiskDifference(data.company, playbook, OUTCOME_DAYS);
    const looks = weeklyLooks(data, playbook).map(({ heldOut, played }) => ({
      once: proportionComparison(heldOut, played).difference,
      always: alwaysValidProportions(heldOut, played, { expected: EXPECTED, assigned: 0.5 }),
    }));
    const somewhere = (way: 'once' | 'always', value: number): boolean =>
      looks.some((look) => excludes(look[way] as Sighting, value));
    return {
      seen: [{ row: `${name}, one look at the end`, truth, honest: looks.at(-1)!.once }],
      tallies: [
        {
          row: `${name}: told from 0 at some weekly look`,
          target: playbook === 0 ? 'none' : 'rare',
          happened: somewhere('always', 0),
          naive: somewhere('once', 0),
        },
        {
          row: `${name}: the truth within all weekly looks`,
          target: 'sure',
          happened: !somewhere('always', truth),
          naive: !somewhere('once', truth),
        },
      ],
    };
  });
  return { seen: findings.flatMap(({ seen }) => seen), tallies: findings.flatMap(({ tallies }) => tallies) };
}
