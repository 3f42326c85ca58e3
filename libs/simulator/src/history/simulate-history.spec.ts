import { DAY, HOUR, parseTime } from '@milepost/contracts';
import type { OnboardingEvent } from '@milepost/contracts';
import { describe, expect, it } from '@jest/globals';
import { byAccount } from '../testing/account-history.js';
import { simulateHistory } from './simulate-history.js';

const ENDS_AT = parseTime('2026-06-01T15:20:00.000001Z')!;
const history = (seed: number, accounts: number, days = 120): OnboardingEvent[] => [
  ...simulateHistory({ seed, accounts, days, endsAt: ENDS_AT }),
];

describe('simulateHistory', () => {
  it('tells the same by the same seed, to the byte, and something else by another', () => {
    const once = history(1, 100);
    expect(JSON.stringify(history(1, 100))).toBe(JSON.stringify(once));
    const other = history(2, 100);
    expect(JSON.stringify(other)).not.toBe(JSON.stringify(once));
    const ids = new Set(once.map(({ id }) => id));
    expect(other.filter(({ id }) => ids.has(id))).toEqual([]);
  });

  it('holds the smaller company unchanged in the larger', () => {
    const first = new Set(Array.from({ length: 100 }, (_, i) => `acct_${i + 1}`));
    expect(history(1, 200).filter(({ accountId }) => first.has(accountId))).toEqual(history(1, 100));
  });

  it('goes in event-time order, equal times by source, then id', () => {
    const place = ({ occurredAt, source, id }: OnboardingEvent): string => `${occurredAt} ${source} ${id}`;
    const places = history(3, 200).map(place);
    expect(places).toEqual([...places].sort());
  });

  it('gives every event of a source an id of its own', () => {
    const events = history(4, 300);
    expect(new Set(events.map(({ source, id }) => `${source} ${id}`)).size).toBe(events.length);
  });

  it('gives every account one beginning, and nothing before it or after the end', () => {
    const accounts = byAccount(history(5, 200));
    expect(accounts.size).toBe(200);
    for (const events of accounts.values()) {
      expect(events.filter(({ type }) => type === 'account.created')).toEqual([events[0]]);
      expect(events.at(-1)!.occurredAt).toBeLessThanOrEqual(ENDS_AT);
    }
  });

  it('lets accounts sign up all along, a quarter of them before', () => {
    const signups = [...byAccount(history(6, 1_000)).values()].map(([created]) => created!.occurredAt);
    const age = (days: number): number => signups.filter((at) => at < ENDS_AT - days * DAY).length;
    expect(age(150)).toBe(0);
    for (const [days, expected] of [
      [120, 250],
      [80, 500],
      [40, 750],
    ] as const) {
      expect(Math.abs(age(days) - expected)).toBeLessThan(60);
    }
  });

  it('tells times to the microsecond', () => {
    const events = history(7, 20);
    expect(events.every(({ occurredAt }) => Number.isSafeInteger(occurredAt))).toBe(true);
    expect(events.filter(({ occurredAt }) => occurredAt % 1000 !== 0).length).toBeGreaterThan(0.95 * events.length);
  });

  it('takes a prefix, and a company of nobody or of a day', () => {
    const [first] = simulateHistory({ seed: 1, accounts: 1, days: 30, endsAt: ENDS_AT, prefix: 'demo' });
    expect(first!.accountId).toBe('demo_1');
    expect(history(1, 0)).toEqual([]);
    expect(byAccount(history(1, 50, 1)).size).toBe(50);
  });

  it('is quieter on weekends', () => {
    const onDay = Array.from({ length: 7 }, () => 0);
    // Region amer ends its day an hour before the UTC date does, so a date is a working day or none.
    for (const { occurredAt, type } of history(8, 400)) {
      if (type === 'workflow.run') onDay[new Date((occurredAt - (occurredAt % HOUR)) / 1000).getUTCDay()]!++;
    }
    const [sunday, ...rest] = onDay as [number, ...number[]];
    const saturday = rest.pop()!;
    for (const weekday of rest) expect(weekday).toBeGreaterThan(2 * Math.max(sunday, saturday));
  });
});
