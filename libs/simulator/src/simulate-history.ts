import { DAY } from '@milepost/contracts';
import type { AccountContext, Micros, OnboardingEvent } from '@milepost/contracts';
import { AccountStory, tellStory } from './account-story.js';
import type { Profile } from './account-story.js';
import { Chance } from './chance.js';

export interface HistoryOptions {
  seed: number;
  accounts: number;
  /** Length of the history, days. */
  days: number;
  /** Its end; nothing happens after it. */
  endsAt: Micros;
  /** Begins the account ids. */
  prefix?: string;
}

/**
 * The sample company's history, in event-time order. Accounts sign up all along it. Memory is bounded by the events
 * of the accounts that have signed up so far and lie still ahead.
 */
export function* simulateHistory({
  seed,
  accounts,
  days,
  endsAt,
  prefix = 'acct',
}: HistoryOptions): Generator<OnboardingEvent> {
  const begin = endsAt - days * DAY;
  const bySignupDay: number[][] = Array.from({ length: days }, () => []);
  for (let i = 0; i < accounts; i++) bySignupDay[signupOf(seed, i, days).day]!.push(i);
  const ahead: OnboardingEvent[][] = Array.from({ length: days }, () => []);
  for (let day = 0; day < days; day++) {
    for (const i of bySignupDay[day]!) {
      for (const event of storyOf(seed, i, `${prefix}_${i + 1}`, begin, days, endsAt)) {
        ahead[Math.min(days - 1, Math.floor((event.occurredAt - begin) / DAY))]!.push(event);
      }
    }
    yield* ahead[day]!.sort(inOrder);
    ahead[day] = [];
  }
}

const inOrder = (a: OnboardingEvent, b: OnboardingEvent): number =>
  a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : 1);

/** Two thirds of the accounts are older than a third of the history, so that most can be judged. */
function signupOf(seed: number, i: number, days: number): { day: number; chance: Chance } {
  const chance = new Chance(seed, i);
  return { day: Math.floor(days * chance.next() ** 1.4 * 0.999), chance };
}

function storyOf(
  seed: number,
  i: number,
  account: string,
  begin: Micros,
  days: number,
  endsAt: Micros,
): OnboardingEvent[] {
  const { day, chance } = signupOf(seed, i, days);
  const story = new AccountStory(account, chance, endsAt);
  const signup = begin + day * DAY + Math.floor(chance.between(7, 19) * 3_600_000_000);
  tellStory(story, profileOf(chance), Math.min(signup, endsAt), endsAt);
  return story.events;
}

export function profileOf(chance: Chance): Profile {
  const segment = chance.next();
  const companySize = Math.round(
    segment < 0.7 ? chance.between(2, 199) : segment < 0.92 ? chance.between(200, 999) : chance.between(1000, 20_000),
  );
  const context: AccountContext = {
    planTier: companySize < 200 ? chance.pick(['starter', 'pro']) : chance.pick(['pro', 'business']),
    companySize,
    industry: chance.pick(['software', 'retail', 'finance', 'health', 'logistics']),
    region: chance.pick(['emea', 'amer', 'apac']),
    acquisitionChannel: chance.pick(['self-serve', 'partner', 'sales', 'content']),
  };
  const users = Math.min(40, 1 + Math.floor(chance.exponential(2 + companySize / 150)));
  return {
    context,
    health: Math.min(1, Math.max(0, (chance.next() + chance.next()) / 2 + (companySize > 200 ? 0.08 : 0))),
    users,
  };
}
