import type { OracleEvent } from '../oracle.js';
import { Chance, randomAccount } from '../random-accounts.js';
import { arrivalsOf } from '../scenario.js';
import type { Arrival, Disturbance } from '../scenario.js';

const DAY = 86_400_000_000;

export interface Load {
  events: OracleEvent[];
  /** In the order in which they reach Kafka. */
  arrivals: Arrival[];
}

/** Everything that reality does to a stream of events, always under every fault. */
export const ROUGH: Omit<Disturbance, 'seed'> = {
  lateBy: 2 * DAY,
  lateShare: 0.2,
  veryLateBy: 60 * DAY,
  veryLateShare: 0.01,
  doubled: 0.1,
  poisoned: 0.05,
};

/** So long ago that every deadline that follows from an event has passed, and what comes two months late has come. */
const endOfHistory = (): number => Math.floor(Date.now() / 1000) * 1_000_000 - 63 * DAY;

export const eventsOf = (prefix: string, count: number, seed: number, days = 120): OracleEvent[] =>
  Array.from({ length: count }, (_, i) =>
    randomAccount(`${prefix}_${i}`, new Chance(seed + i), endOfHistory(), days),
  ).flat();

export const SMOOTH: Omit<Disturbance, 'seed'> = { lateBy: 0, doubled: 0.1, poisoned: 0.05 };

export function roughLoad(accounts: number, seed: number): Load {
  const events = eventsOf('acct', accounts, seed * 10_000);
  return { events, arrivals: arrivalsOf(events, { seed, ...ROUGH }) };
}
