import { immortalTimeLesson, milestoneEffect } from '@milepost/statistics';
import type { HazardRatio } from '@milepost/statistics';
import { landmarkLogHazardRatio } from '../../../planted/truth/index.js';
import { MILESTONES, reachedTimes, rowsWhere, segmentCovariates } from '../planted-data.js';
import type { PlantedData } from '../planted-data.js';
import type { Findings, Seen, Sighting } from '../sighting.js';

export const LANDMARK = { at: 30, horizon: 150 };

export const logRatio = ({ estimate, lower, upper }: HazardRatio): Sighting => ({
  estimate,
  lower: Math.log(lower),
  upper: Math.log(upper),
});

/** Does the milestone change the hazard of leaving? Cox, switched and at a landmark, beside the fixed covariate. */
export function churnHazard({ company, accounts }: PlantedData): Findings {
  const rows = rowsWhere(accounts, (i) => accounts.hasTerm[i] === 0);
  const seen = MILESTONES.flatMap((milestone): Seen[] => {
    const data = {
      time: rows.map((i) => accounts.ends[i]!),
      event: rows.map((i) => accounts.churned[i]!),
      reached: reachedTimes(accounts, milestone, rows),
      covariates: segmentCovariates(accounts, rows),
    };
    const { naive: fixed, switched } = immortalTimeLesson(data, []);
    const landmark = milestoneEffect(data, { kind: 'landmark', ...LANDMARK });
    const naive = logRatio(fixed.coefficients[0]!);
    return [
      {
        row: `Cox, (start, stop]: ${milestone.title}`,
        truth: milestone.name === 'integration' ? Math.log(company.effects.integrationOnChurn) : 0,
        honest: logRatio(switched.fit.coefficients[0]!),
        naive,
      },
      {
        row: `Cox at day 30: ${milestone.title}`,
        truth: landmarkLogHazardRatio(company, { milestone: milestone.name, ...LANDMARK }),
        honest: logRatio(landmark.fit.coefficients[0]!),
        naive,
      },
    ];
  });
  return { seen };
}
