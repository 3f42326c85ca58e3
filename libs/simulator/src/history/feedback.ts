import type { Micros } from '@milepost/contracts';
import type { Properties } from '../flowpeak-event.js';
import type { AccountStory } from './account-story.js';
import { atWork } from './core-action.js';
import type { Profile } from './profile.js';

const THEMES = ['setup', 'integrations', 'pricing', 'speed', 'permissions'];

/** What customers say on a day: more tickets while things fail; a survey and an interview now and then. */
export function tellFeedback(story: AccountStory, { health, opensAt }: Profile, day: Micros, failing: boolean): void {
  const { chance } = story;
  const roll = chance.next();
  const ticket = failing ? 0.15 : 0.006;
  const kind = roll < ticket ? 'ticket' : roll < ticket + 0.006 ? 'nps' : roll < ticket + 0.008 ? 'interview' : null;
  if (kind === null) return;
  const mood = 2 * health - (kind === 'ticket' ? 1.6 : 1) - (failing ? 0.4 : 0);
  const sentiment = Math.round(100 * Math.max(-1, Math.min(1, chance.normal(mood, 0.3)))) / 100;
  const properties: Properties = { kind, theme: chance.pick(THEMES), sentiment };
  if (kind === 'nps') properties['score'] = Math.round(5 + 5 * sentiment);
  story.tell('feedback.recorded', atWork(chance, day, opensAt), properties, { source: 'support' });
}
