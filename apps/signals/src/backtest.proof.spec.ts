import { describe, expect, it } from '@jest/globals';
import type { OnboardingEvent } from '@milepost/contracts';
import { AccountReplay } from '@milepost/onboarding';
import { judgeAccount } from '../e2e/oracle.js';
import type { OracleEvent } from '../e2e/oracle.js';
import { Chance, randomAccount } from '../e2e/random-accounts.js';
import { samplePlan } from '@milepost/plan/testing';

const END = Date.UTC(2026, 5, 1) * 1000;

function toEvent({ account, time, context, ...rest }: OracleEvent): OnboardingEvent {
  const nothing = { planTier: null, companySize: null, industry: null, region: null, acquisitionChannel: null };
  const known = context ? { ...nothing, ...context } : null;
  return { ...rest, accountId: account, occurredAt: time, context: known, productLine: null, traceparent: null };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const inOrder = (a: OracleEvent, b: OracleEvent): number =>
  a.time - b.time || compare(a.source, b.source) || compare(a.id, b.id);
const print = (one: { signal: string; since: number; until: number | null }): string =>
  `${one.signal} ${one.since} ${one.until}`;

describe('A replay of an account raises the alarms that the rules ask for', () => {
  it('over random accounts, whose creation was heard of first', () => {
    const replay = new AccountReplay(samplePlan());
    let alarms = 0;
    for (let i = 0; i < 24; i++) {
      const account = `acct_${i}`;
      const events = [...randomAccount(account, new Chance(5000 + i), END, 120)].sort(inOrder);
      // What is judged from another beginning is an alarm that was raised, though the rules know better afterwards.
      if (events.findIndex(({ type }) => type === 'account.created') !== 0) continue;
      const found = replay.run(account, events.map(toEvent), END);
      expect(found.map(print).sort()).toEqual(judgeAccount(events, END).episodes.map(print).sort());
      alarms += found.length;
    }
    expect(alarms).toBeGreaterThan(40);
  });
});
