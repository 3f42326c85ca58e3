import { discreteHazard, StatisticsError } from '@milepost/statistics';
import { MILESTONES, rowsWhere } from '../planted-data.js';
import type { PlantedData, PlantedMilestone } from '../planted-data.js';
import type { Findings, Sighting } from '../sighting.js';
import { logRatio } from './churn-hazard.js';

/** Does the milestone change the odds of leaving at the end of a term? A discrete hazard on the renewal clock. */
export function termEnd(data: PlantedData): Findings {
  const seen = MILESTONES.map((milestone) => ({
    row: `Discrete hazard at term ends: ${milestone.title}`,
    truth: milestone.name === 'integration' ? Math.log(data.company.effects.integrationOnTermEnd) : 0,
    honest: fitted(data, milestone, (reached, decision) => reached < decision),
    // Whoever reached it before the end of all, at whichever decision.
    naive: unlessAtInfinity(() => fitted(data, milestone, (reached) => reached < Infinity)),
  }));
  return { seen };
}

/** Once in some hundreds of companies nobody who ever reached it leaves, and the naive way has no answer. */
function unlessAtInfinity(fit: () => Sighting): Sighting | undefined {
  try {
    return fit();
  } catch (error) {
    if (error instanceof StatisticsError && error.problem === 'separation') return undefined;
    throw error;
  }
}

function fitted(
  { company, accounts }: PlantedData,
  { column }: PlantedMilestone,
  isReached: (reached: number, decision: number) => boolean,
): Sighting {
  const { days } = company.terms;
  const lines = rowsWhere(accounts, (i) => accounts.hasTerm[i] === 1).flatMap((i) => {
    const ends = accounts.ends[i]!;
    const first = accounts.paid[i]! + days;
    // An account that leaves does so at a decision; the other decisions are behind it.
    const decisions = Math.max(0, Math.floor((ends - first) / days + 1 + (accounts.churned[i] ? 1e-6 : 0)));
    return Array.from({ length: decisions }, (_, k) => ({
      period: k + 1,
      event: accounts.churned[i] === 1 && k === decisions - 1 ? 1 : 0,
      reached: Number(isReached(accounts[column][i]!, first + k * days)),
      segment: accounts.segment[i],
    }));
  });
  const fit = discreteHazard(
    {
      period: lines.map(({ period }) => period),
      events: lines.map(({ event }) => event),
      covariates: {
        reached: lines.map(({ reached }) => reached),
        midMarket: lines.map(({ segment }) => Number(segment === 1)),
        enterprise: lines.map(({ segment }) => Number(segment === 2)),
      },
    },
    { link: 'logit' },
  );
  return logRatio(fit.coefficients[0]!);
}
