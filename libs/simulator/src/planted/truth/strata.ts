import type { PlantedCompany } from '../planted-company.js';

/** Accounts without a term that have the same rates: a segment, with or without the hidden trait, of one arm. */
export interface Stratum {
  segment: number;
  hidden: 0 | 1;
  share: number;
  /** Before integration-depth, and by what it is multiplied after. */
  churn: number;
  ratio: number;
  churnFrom: number;
  /** Of integration-depth, before and from `playedAt`. */
  reach: readonly [before: number, after: number];
  /** Of team-adoption, before any playbook. */
  team: number;
  playedAt: number;
  isTreated: boolean;
}

/** All strata; shares add up to 1. */
export function strataOf(company: PlantedCompany): Stratum[] {
  const { hidden, effects, trialDays, playbooks } = company;
  const [moves] = playbooks;
  return company.segments.flatMap((segment, place) =>
    ([0, 1] as const).flatMap((trait) =>
      [false, true].map((isTreated): Stratum => {
        const speed = trait === 1 ? hidden.onMilestones : 1;
        const rate = segment.integration * speed;
        return {
          segment: place,
          hidden: trait,
          share: segment.share * (trait === 1 ? hidden.share : 1 - hidden.share) * (isTreated ? moves.treatedShare : 1 - moves.treatedShare), // prettier-ignore
          churn: segment.churn * (trait === 1 ? hidden.onChurn : 1),
          ratio: effects.integrationOnChurn,
          churnFrom: trialDays,
          reach: [rate, rate * (isTreated ? moves.factor : 1)],
          team: segment.team * speed,
          playedAt: moves.day,
          isTreated,
        };
      }),
    ),
  );
}
