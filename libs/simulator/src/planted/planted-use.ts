import type { PlantedCompany } from './planted-company.js';
import type { PlantedLife } from './planted-life.js';

/** One core action after the first value. */
export interface UseAct {
  /** Days from signup. */
  at: number;
  failed: boolean;
  /** Runs are what the product is for; the rest are imports. */
  isRun: boolean;
  user: number;
  detail: number;
}

/**
 * The account's use from its first value to its end, in order of time, by its own people as far as they have come. It is
 * the last that is drawn of an account, so it can be had once for each life, and left out where it does not matter.
 */
export function* plantedUse(company: PlantedCompany, life: PlantedLife): Generator<UseAct, void, undefined> {
  const { chance, ends, isHidden } = life;
  const { use, users } = company.segments[life.segment]!;
  const gap = 1 / (use * (isHidden ? company.hidden.onMilestones : 1));
  for (let at = life.firstValue + chance.exponential(gap); at < ends; at += chance.exponential(gap)) {
    const known = at < life.secondUser ? 1 : at < life.team ? 2 : Math.max(3, users);
    const roll = chance.next();
    const detail = Math.floor(chance.next() * 9_000);
    yield {
      at,
      failed: roll < company.failShare,
      isRun: roll < 0.86,
      user: known === 1 ? 1 : chance.integer(1, known),
      detail,
    };
  }
}
