import { SECOND } from '@milepost/contracts';
import type { AccountContext, Micros } from '@milepost/contracts';
import type { Chance } from '../chance.js';
import type { Details, Properties } from '../flowpeak-event.js';
import { backgroundAction } from './background.js';
import type { EventTemplate } from './template.js';

export const SCENE: Micros = 120 * SECOND;
const EVENTS_PER_SECOND = 5;

const CONTEXT: AccountContext = {
  planTier: 'pro',
  companySize: 120,
  industry: 'software',
  region: 'emea',
  acquisitionChannel: 'self-serve',
};

export interface Cast {
  /** Reach a limit; the first of them expands later. */
  growing: readonly string[];
  /** A newcomer that fails again and again, then recovers: known to nobody, so its share of failures is certain. */
  failing: string;
  /** Sign up in this scene. */
  newcomers: readonly string[];
  /** Simply at work. */
  working: readonly string[];
}

/** Two minutes in which both signals open and one of each resolves, among ordinary work; in order. */
export function sceneOf(cast: Cast, chance: Chance): EventTemplate[] {
  const scene: EventTemplate[] = [];
  const add = (second: number, account: string, type: string, properties: Properties, details: Details = {}): void => {
    const afterMicros = second * SECOND + chance.integer(0, SECOND - 1);
    scene.push({ afterMicros, account, type, properties, details: { userId: `${account}-u1`, ...details } });
  };
  for (const account of cast.newcomers) add(0, account, 'account.created', { trial: true }, { context: CONTEXT });
  const billing: Details = { source: 'billing', userId: null };
  cast.growing.forEach((account, i) => add(4 + 7 * i, account, 'plan.limit_reached', { limit: 'seats' }, billing));
  for (let second = 6; second < 14; second++) add(second, cast.failing, 'data.imported', { rows: 0 }, oneOf(second));
  for (let second = 40; second < 46; second++) add(second, cast.failing, 'data.imported', { rows: 10 * second });
  const terms = { amountMinor: 58_000, currency: 'EUR', termMonths: 1, seats: 20 };
  if (cast.growing[0] !== undefined) add(60, cast.growing[0], 'subscription.expanded', terms, billing);
  if (cast.working.length > 0) {
    const gap = SECOND / EVENTS_PER_SECOND;
    // From the second second on: newcomers sign up in the first.
    for (let at = SECOND + chance.exponential(gap); at < SCENE; at += chance.exponential(gap)) {
      scene.push(backgroundAction(chance.pick(cast.working), Math.floor(at), chance));
    }
  }
  return scene.sort((a, b) => a.afterMicros - b.afterMicros);
}

const oneOf = (second: number): Details => ({ outcome: second % 3 === 0 ? 'abandoned' : 'failed' });
