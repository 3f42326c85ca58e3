import { HOUR, MINUTE, SECOND, parseTime } from '@milepost/contracts';
import type { OnboardingEvent } from '@milepost/contracts';
import { compileValidator } from '@milepost/plan';
import { samplePlan } from '@milepost/plan/testing';
import { describe, expect, it } from '@jest/globals';
import { isCore, isSuccess } from '../testing/account-history.js';
import { liveTrickle } from './live-feed.js';
import type { LiveFeed } from './live-feed.js';

const START = parseTime('2026-06-01T09:00:00.5Z')!;
const KNOWN = Array.from({ length: 30 }, (_, i) => `acct_${i + 1}`);

/** Asks once a second, as a sender does. */
function ask(feed: LiveFeed, seconds: number, from = START): OnboardingEvent[] {
  return Array.from({ length: seconds }, (_, i) => feed.next(from + (i + 1) * SECOND)).flat();
}
const trickle = (accounts: string[] | undefined = KNOWN, seed = 1): LiveFeed =>
  liveTrickle({ seed, accounts, startsAt: START });
const after = (event: OnboardingEvent): number => (event.occurredAt - START) / SECOND;

describe('liveTrickle', () => {
  it('gives what has happened since it was last asked, in order, never ahead of now', () => {
    const feed = trickle();
    let last = START;
    for (let now = START; now < START + 5 * MINUTE; now += SECOND) {
      for (const { occurredAt } of feed.next(now)) {
        expect(occurredAt).toBeGreaterThanOrEqual(last);
        expect(occurredAt).toBeLessThanOrEqual(now);
        last = occurredAt;
      }
    }
  });

  it('tells the same whether it is asked often or seldom', () => {
    expect(trickle().next(START + MINUTE)).toEqual(ask(trickle(), 60));
    expect(ask(trickle(KNOWN, 2), 60)).not.toEqual(ask(trickle(), 60));
  });

  it('gives about five events a second, without end', () => {
    const events = ask(trickle(), 1_200);
    expect(events.length / 1_200).toBeGreaterThan(4.5);
    expect(events.length / 1_200).toBeLessThan(5.7);
    expect(new Set(events.map(({ source, id }) => `${source} ${id}`)).size).toBe(events.length);
  });

  it('tells nothing outside of the tracking plan', () => {
    const violationsOf = compileValidator(samplePlan());
    for (const event of [...ask(trickle(), 300), ...ask(trickle([]), 300)]) expect(violationsOf(event)).toEqual([]);
  });

  it('lets known accounts reach a limit within 20 seconds, and one of them expand within two minutes', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const events = ask(trickle(KNOWN, seed), 120);
      const limits = events.filter(({ type }) => type === 'plan.limit_reached');
      expect(limits).toHaveLength(2);
      for (const limit of limits) expect(KNOWN).toContain(limit.accountId);
      expect(Math.max(...limits.map(after))).toBeLessThan(20);
      expect(new Set(limits.map(({ accountId }) => accountId)).size).toBe(2);
      const [expanded] = events.filter(({ type }) => type === 'subscription.expanded');
      expect(expanded!.accountId).toBe(limits[0]!.accountId);
    }
  });

  it('lets an account fail within 20 seconds, and recover within a minute', () => {
    for (const accounts of [KNOWN, []]) {
      const core = ask(trickle(accounts), 60).filter((event) => isCore(event) && /failing/.test(event.accountId));
      const early = core.filter((event) => after(event) < 20);
      expect(early.length).toBeGreaterThanOrEqual(5);
      expect(early.filter(isSuccess)).toEqual([]);
      expect(core.slice(-5).filter(isSuccess)).toHaveLength(5);
    }
  });

  it('is over known and new accounts, and plays every part by newcomers when none is known', () => {
    const accounts = new Set(ask(trickle(), 300).map(({ accountId }) => accountId));
    for (const known of KNOWN) expect(accounts).toContain(known);
    expect([...accounts].filter((account) => account.startsWith('live_')).length).toBeGreaterThan(4);
    const alone = ask(trickle([]), 300);
    const begun = new Set<string>();
    for (const { type, accountId } of alone) {
      if (type === 'account.created') begun.add(accountId);
      expect(begun).toContain(accountId);
    }
    expect(ask(trickle(['acct_1']), 60).filter(({ type }) => type === 'plan.limit_reached')).toHaveLength(1);
  });

  it('goes on where it was after its caller slept, and does not tell of the past', () => {
    const feed = trickle();
    ask(feed, 30);
    const woken = START + 8 * HOUR;
    const events = feed.next(woken);
    expect(events.length).toBeLessThan(7 * 60);
    for (const { occurredAt } of events) expect(occurredAt).toBeGreaterThanOrEqual(woken - MINUTE);
    // The scene goes on too: the recovery is still to come, or has just been told.
    const rest = [...events, ...ask(feed, 60, woken)].filter(({ accountId }) => accountId.includes('failing'));
    expect(rest.filter(isSuccess).length).toBeGreaterThanOrEqual(6);
  });

  it('shares no id and no newcomer with a run that starts at another time', () => {
    const later = liveTrickle({ seed: 1, accounts: KNOWN, startsAt: START + MINUTE });
    const [one, two] = [ask(trickle(), 120), ask(later, 120, START + MINUTE)];
    const ids = new Set(one.map(({ id }) => id));
    expect(two.filter(({ id }) => ids.has(id))).toEqual([]);
    const newcomers = new Set(one.map(({ accountId }) => accountId).filter((account) => account.startsWith('live_')));
    expect(two.filter(({ accountId }) => newcomers.has(accountId))).toEqual([]);
  });
});
