import { SECOND } from '@milepost/contracts';
import type { AccountContext, Micros, OnboardingEvent } from '@milepost/contracts';
import { AccountStory } from '../history/account-story.js';
import { Chance } from './chance.js';

const CONTEXT: AccountContext = {
  planTier: 'pro',
  companySize: 120,
  industry: 'software',
  region: 'emea',
  acquisitionChannel: 'self-serve',
};
const SCENE_SECONDS = 40;

/**
 * An endless live feed, a few events a second. Every 40 seconds a scene of three fresh accounts: one reaches a limit
 * and expands, one fails again and again and recovers, one simply works. So there is something to see within a minute.
 */
export class LiveFeed {
  private readonly chance: Chance;
  private last: Micros;
  private told = 0;

  constructor(
    seed: number,
    private readonly startsAt: Micros,
  ) {
    // Another start is another run: its accounts must not meet those of the last.
    this.chance = new Chance(seed, Math.floor(startsAt / SECOND) % 2_147_483_647);
    this.last = startsAt;
  }

  /** What has happened since the last call, up to `now`, in order. */
  next(now: Micros): OnboardingEvent[] {
    const events: OnboardingEvent[] = [];
    for (; this.last + SECOND <= now; this.last += SECOND) {
      const second = Math.round((this.last - this.startsAt) / SECOND);
      events.push(...this.secondOf(Math.floor(second / SCENE_SECONDS), second % SCENE_SECONDS, this.last));
    }
    return events;
  }

  private secondOf(scene: number, second: number, at: Micros): OnboardingEvent[] {
    const name = (role: string): string => `live_${role}_${Math.floor(this.startsAt / SECOND)}_${scene + 1}`;
    const [growing, failing, working] = ['growing', 'failing', 'working'].map(name) as [string, string, string];
    const one = this.teller(at);
    if (second === 0)
      return [growing, failing, working].flatMap((account) =>
        one(account, 'account.created', {}, 'succeeded', CONTEXT),
      );
    if (second === 3) return one(growing, 'plan.limit_reached', { limit: 'seats' });
    if (second >= 5 && second < 11) return one(failing, 'data.imported', { rows: 0 }, 'failed');
    if (second >= 20 && second < 25) return one(failing, 'data.imported', { rows: 10 * second });
    if (second === 30)
      return one(growing, 'subscription.expanded', { amountMinor: 49_000, currency: 'EUR', seats: 20 });
    return this.chance.happens(0.8)
      ? one(working, 'workflow.run', { workflowId: `w_${this.chance.integer(1, 4)}` })
      : [];
  }

  private teller(at: Micros) {
    return (
      account: string,
      type: string,
      properties: OnboardingEvent['properties'],
      outcome: OnboardingEvent['outcome'] = 'succeeded',
      context: AccountContext | null = null,
    ): OnboardingEvent[] => {
      const story = new AccountStory(`${account}-${this.told++}`, this.chance, Infinity);
      story.tell(type, at + this.chance.integer(0, 999_999), properties, { outcome, context, userId: `${account}-u1` });
      return story.events.map((event) => ({ ...event, accountId: account, id: `${account}-${this.told}` }));
    };
  }
}
