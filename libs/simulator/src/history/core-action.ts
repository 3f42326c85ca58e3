import { DAY, HOUR } from '@milepost/contracts';
import type { Micros, Outcome } from '@milepost/contracts';
import type { Chance } from '../chance.js';
import type { Properties, Source } from '../flowpeak-event.js';
import type { AccountStory } from './account-story.js';

const ROUTINE = [
  { type: 'workflow.run', share: 0.84 },
  { type: 'workflow.created', share: 0.08 },
  { type: 'data.imported', share: 0.08 },
] as const;
const CONNECTORS = ['csv', 'postgres', 'sheets', 's3'];

export const workflowId = (chance: Chance): string => `w_${chance.integer(1, 9)}`;

export function propertiesOf(type: (typeof ROUTINE)[number]['type'], chance: Chance): Properties {
  if (type === 'workflow.created') return { workflowId: workflowId(chance) };
  if (type === 'data.imported') return { rows: chance.integer(1, 50_000), connector: chance.pick(CONNECTORS) };
  return { workflowId: workflowId(chance), durationMs: Math.round(chance.exponential(900)) };
}

/** What people do with the product day in, day out. */
export function tellRoutine(story: AccountStory, at: Micros, failShare: number, userId: string): Outcome {
  const { chance } = story;
  const { type } = chance.choice(ROUTINE);
  const outcome = outcomeOf(chance, failShare);
  const source: Source = type === 'data.imported' && chance.happens(0.3) ? 'analytics' : 'core';
  story.tell(type, at, propertiesOf(type, chance), { outcome, userId, source });
  return outcome;
}

/** Of what goes wrong, a third is given up rather than broken. */
export function outcomeOf(chance: Chance, failShare: number): Outcome {
  if (!chance.happens(failShare)) return 'succeeded';
  return chance.happens(0.35) ? 'abandoned' : 'failed';
}

export const isWeekend = (at: Micros): boolean => {
  // 1970-01-01 was a Thursday.
  const weekday = (Math.floor(at / DAY) + 4) % 7;
  return weekday === 0 || weekday === 6;
};

/** An instant of the working day that begins on the UTC date of `day`. */
export const atWork = (chance: Chance, day: Micros, opensAt: number): Micros =>
  day + opensAt * HOUR + Math.floor(chance.next() * 10 * HOUR);
