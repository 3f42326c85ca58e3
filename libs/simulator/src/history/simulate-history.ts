import { DAY, HOUR } from '@milepost/contracts';
import type { Micros, OnboardingEvent } from '@milepost/contracts';
import { Chance } from '../chance.js';
import { FLOWPEAK } from '../flowpeak.js';
import type { Company } from '../flowpeak.js';
import { AccountLife } from './account-life.js';
import { AccountStory } from './account-story.js';
import { profileOf } from './profile.js';

export interface HistoryOptions {
  seed: number;
  accounts: number;
  /** Over so many days accounts sign up; some are older, and their events begin before. */
  days: number;
  /** Its end; nothing happens after it. */
  endsAt: Micros;
  /** Begins the account ids. */
  prefix?: string;
  company?: Company;
}

interface Signup {
  account: number;
  at: Micros;
  chance: Chance;
}

/**
 * The sample company's history, in event-time order; equal times by source, then id. Memory is bounded by the accounts
 * and the events of one date. An account's events depend on the seed, its number, `days` and `endsAt` alone.
 */
export function* simulateHistory(options: HistoryOptions): Generator<OnboardingEvent, void, undefined> {
  const { seed, prefix = 'acct', company = FLOWPEAK, endsAt } = options;
  const signups = signupsOf(options, company);
  const lives = new Set<AccountLife>();
  let next = 0;
  for (let day = startOfDate(signups[0]?.at ?? Infinity); day <= endsAt; day += DAY) {
    for (; next < signups.length && signups[next]!.at < day + DAY; next++) {
      const { account, at, chance } = signups[next]!;
      const story = new AccountStory(`${prefix}_${account + 1}`, chance, seed);
      lives.add(new AccountLife(story, profileOf(chance, company), at));
    }
    const events: OnboardingEvent[] = [];
    for (const life of lives) {
      life.live(day, events);
      if (life.isOver) lives.delete(life);
    }
    events.sort(inOrder);
    for (const event of events) if (event.occurredAt <= endsAt) yield event;
  }
}

const startOfDate = (at: Micros): Micros => Math.floor(at / DAY) * DAY;

const inOrder = (a: OnboardingEvent, b: OnboardingEvent): number =>
  a.occurredAt - b.occurredAt || compare(a.source, b.source) || compare(a.id, b.id);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** In order of time. Nobody signs up in the last hour, so that each account has begun at the end. */
function signupsOf({ seed, accounts, days, endsAt }: HistoryOptions, company: Company): Signup[] {
  const begin = endsAt - days * DAY;
  const lead = company.earlierReach * days * DAY;
  const signups: Signup[] = [];
  for (let account = 0; account < accounts; account++) {
    const chance = new Chance(seed, account);
    const isEarlier = chance.happens(company.earlierShare);
    const at = isEarlier ? chance.between(begin - lead, begin) : chance.between(begin, endsAt - HOUR);
    signups.push({ account, at: Math.floor(at), chance });
  }
  return signups.sort((a, b) => a.at - b.at || a.account - b.account);
}
