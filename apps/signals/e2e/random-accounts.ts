import type { OracleEvent } from './oracle.js';

const DAY = 86_400_000_000;

/** A seeded source of chance (mulberry32): the same seed gives the same accounts on every machine. */
export class Chance {
  constructor(private state: number) {}

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  upTo(n: number): number {
    return Math.floor(this.next() * n);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.upTo(list.length)]!;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }
}

const PROPERTIES: Record<string, (chance: Chance) => Record<string, string | number>> = {
  'data.imported': (chance) => ({ rows: chance.upTo(1000) }),
  'integration.connected': (chance) => ({ integration: chance.pick(['slack', 'jira', 'hubspot']) }),
  'workflow.created': () => ({ workflowId: 'w_1' }),
  'workflow.run': () => ({ workflowId: 'w_1', durationMs: 12.5 }),
  'guide.completed': () => ({ guideId: 'g_1' }),
  'plan.limit_reached': (chance) => ({ limit: chance.pick(['seats', 'runs', 'storage']) }),
  'subscription.expanded': () => ({ amountMinor: 9900, currency: 'EUR' }),
  'subscription.cancelled': () => ({ amountMinor: 0, currency: 'EUR' }),
};

const CORE = ['workspace.configured', 'data.imported', 'integration.connected', 'teammate.invited', 'workflow.created'];
/** Distances at which a deadline falls on an event to the microsecond. */
const EDGES = [3, 7, 10, 14, 15, 21, 30].map((days) => days * DAY);

/** Accounts made to reach every clause often: edges to the microsecond, equal times, bursts, streaks, late creation. */
export function randomAccount(account: string, chance: Chance, endsAt: number, days: number): OracleEvent[] {
  const begin = endsAt - days * DAY + chance.upTo(20) * DAY + chance.upTo(DAY);
  const events: OracleEvent[] = [];
  const users = ['u_1', 'u_2', 'u_3', 'u_4', '', null].slice(0, 1 + chance.upTo(6));
  const failing = chance.pick([0.05, 0.2, 0.6]);
  const add = (type: string, time: number, over: Partial<OracleEvent> = {}): void => {
    if (time > endsAt || time < 0) return;
    const n = events.length;
    events.push({
      id: `${account}-${n}`,
      source: chance.pick(['//core.flowpeak.example', '//analytics.flowpeak.example']),
      type,
      account,
      time,
      outcome: chance.chance(failing) ? chance.pick(['failed', 'abandoned']) : 'succeeded',
      userId: chance.pick(users),
      context: null,
      properties: PROPERTIES[type]?.(chance) ?? {},
      ...over,
    });
  };
  const size = () => chance.pick([5, 50, 199, 200, 500, 999, 1000, 5000]);
  if (chance.chance(0.9)) {
    const late = chance.chance(0.15) ? chance.upTo(15 * DAY) : 0;
    add('account.created', begin + late, { context: { planTier: 'pro', companySize: size() } });
  }
  let time = begin;
  const steps = 5 + chance.upTo(40);
  for (let step = 0; step < steps; step++) {
    const kind = chance.next();
    if (kind < 0.1) time += chance.pick(EDGES);
    else if (kind < 0.25) time += chance.upTo(16 * DAY);
    else if (kind < 0.85) time += chance.upTo(DAY);
    const what = chance.next();
    if (what < 0.45) add(chance.pick(CORE), time);
    else if (what < 0.7) add('workflow.run', time);
    else if (what < 0.76) add('plan.limit_reached', time);
    else if (what < 0.8) add('subscription.expanded', time);
    else if (what < 0.85) add(chance.pick(['report.viewed', 'guide.completed']), time);
    else if (what < 0.89) add('teammate.invited', time, { context: { companySize: size() } });
    else if (what < 0.94)
      for (let i = 0; i < 6; i++)
        add(chance.pick(CORE), (time += chance.upTo(DAY / 4)), {
          outcome: chance.pick(['failed', 'abandoned', 'succeeded']),
        });
    else if (what < 0.99) {
      const gap = chance.pick([DAY / 8, DAY / 4, 1000]);
      for (let i = 0; i < 55; i++)
        add('workflow.run', (time += gap), { outcome: 'succeeded', userId: chance.pick(users) });
    } else add('subscription.cancelled', time);
  }
  return events.sort((a, b) => a.time - b.time);
}
