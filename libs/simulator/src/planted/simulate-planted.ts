import { DAY } from '@milepost/contracts';
import type { Micros, OnboardingEvent } from '@milepost/contracts';
import { Chance } from '../chance.js';
import { Moments } from './moments.js';
import type { PlantedCompany } from './planted-company.js';
import { PlantedEvents } from './planted-event.js';
import { plantedLife, signupOf } from './planted-life.js';
import { tellLife } from './tell-life.js';

export interface PlantedRun {
  company: PlantedCompany;
  seed: number;
  accounts: number;
  /** The company's first day. */
  epoch: Micros;
  /** Begins the account ids. Default `planted`. */
  prefix?: string;
}

/**
 * The planted company's events for Kafka, in event-time order; equal times by source, then id. Memory is bounded by
 * what the accounts that have signed up still have before them.
 */
export function* simulatePlanted(run: PlantedRun): Generator<OnboardingEvent, void, undefined> {
  const { company, seed, epoch, prefix = 'planted' } = run;
  const signups = signupDays(run);
  /** What lies ahead, by day. */
  const ahead = new Map<number, OnboardingEvent[]>();
  const moments = new Moments(256);
  for (let day = 0; day <= company.observedDays; day++) {
    for (const account of signups.get(day) ?? []) {
      const life = plantedLife(company, seed, account);
      const events = new PlantedEvents(company, life, seed, prefix);
      moments.count = 0;
      tellLife(company, life, epoch, moments);
      for (const i of moments.inOrder(account)) {
        const on = Math.floor((moments.at[i]! - epoch) / DAY);
        const others = ahead.get(on);
        const event = events.eventAt(moments, i);
        if (others) others.push(event);
        else ahead.set(on, [event]);
      }
    }
    yield* (ahead.get(day) ?? []).sort(inOrder);
    ahead.delete(day);
  }
}

/** Accounts by the day on which they sign up. */
function signupDays({ company, seed, accounts }: PlantedRun): Map<number, number[]> {
  const days = new Map<number, number[]>();
  for (let account = 0; account < accounts; account++) {
    const day = Math.floor(signupOf(company, new Chance(seed, account)));
    const others = days.get(day);
    if (others) others.push(account);
    else days.set(day, [account]);
  }
  return days;
}

const inOrder = (a: OnboardingEvent, b: OnboardingEvent): number =>
  a.occurredAt - b.occurredAt || compare(a.source, b.source) || compare(a.id, b.id);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
