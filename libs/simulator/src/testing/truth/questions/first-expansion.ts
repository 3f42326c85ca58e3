import { immortalTimeLesson } from '@milepost/statistics';
import { MILESTONES, reachedTimes, rowsWhere, segmentCovariates } from '../planted-data.js';
import type { PlantedData } from '../planted-data.js';
import type { Findings } from '../sighting.js';
import { logRatio } from './churn-hazard.js';

/** Does the milestone change the hazard of the first expansion? Among paying accounts; leaving ends the time at risk. */
export function firstExpansion({ company, accounts }: PlantedData): Findings {
  const rows = rowsWhere(accounts, (i) => accounts.paid[i]! < Infinity);
  const seen = MILESTONES.map((milestone) => {
    const { naive, switched } = immortalTimeLesson(
      {
        time: rows.map((i) => Math.min(accounts.expanded[i]!, accounts.ends[i]!)),
        event: rows.map((i) => Number(accounts.expanded[i]! < Infinity)),
        reached: reachedTimes(accounts, milestone, rows),
        covariates: segmentCovariates(accounts, rows),
      },
      [],
    );
    return {
      row: `Cox, (start, stop], first expansion: ${milestone.title}`,
      truth: milestone.name === 'team' ? Math.log(company.effects.teamOnExpansion) : 0,
      honest: logRatio(switched.fit.coefficients[0]!),
      naive: logRatio(naive.coefficients[0]!),
    };
  });
  return { seen };
}
