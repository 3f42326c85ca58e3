import { DAY, HOUR, MINUTE } from '@milepost/contracts';
import type { Micros } from '@milepost/contracts';
import type { Properties } from '../flowpeak-event.js';
import type { AccountStory } from './account-story.js';
import { propertiesOf, workflowId } from './core-action.js';
import type { Profile } from './profile.js';

/**
 * From signup to the first value, told ahead. The instant of the first value; null when the account gives up before
 * it, or never asks for more than a look.
 */
export function tellOpening(story: AccountStory, profile: Profile, signup: Micros): Micros | null {
  const { chance } = story;
  const { health, context } = profile;
  const userId = `${story.account}-u1`;
  const pace = (1.15 - health) * profile.patience;
  const givesUp = (): boolean => chance.happens(0.02 + 0.3 * (1 - health) ** 2);
  let at = signup;
  const pass = (days: number): Micros => (at += 5 * MINUTE + chance.exponential(days * pace * DAY));

  /** Before a step goes well it may fail, which costs a little time. */
  const step = (type: string, days: number, failShare: number, properties: () => Properties) => {
    pass(days);
    while (chance.happens(failShare)) {
      const outcome = chance.happens(0.4) ? 'abandoned' : 'failed';
      story.tell(type, at, properties(), { outcome, userId });
      at += 2 * MINUTE + chance.exponential(5 * HOUR);
    }
    story.tell(type, at, properties(), { userId });
  };

  story.tell('account.created', signup, { trial: chance.happens(0.8) }, { context, userId });
  if (givesUp()) return null;
  // Some put the setup off, and come back when somebody reminds them.
  if (chance.happens(0.16 - 0.1 * health)) at += chance.between(3, 12) * profile.patience * DAY;
  step('workspace.configured', 0.6, 0.15, () => ({ step: 'domain' }));
  if (givesUp()) return null;
  if (chance.happens(0.9 + 0.1 * health)) step('data.imported', 0.8, 0.18, () => propertiesOf('data.imported', chance));
  if (givesUp()) return null;
  if (chance.happens(0.1)) at += chance.between(4, 10) * profile.patience * DAY;
  step('workflow.created', 1.2, 0.05, () => ({ workflowId: workflowId(chance) }));
  if (chance.happens(0.5)) story.tell('guide.completed', at + 20 * MINUTE, { guideId: 'first-workflow' }, { userId });
  if (givesUp()) return null;
  step('workflow.run', 1, 0.2, () => propertiesOf('workflow.run', chance));
  return at;
}
