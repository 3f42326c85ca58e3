import { describe, expect, it } from '@jest/globals';
import { journeyPageCodec } from '@milepost/contracts';
import { milestonesTopology, signalsTopology } from '@milepost/onboarding';
import { TopologyDriver } from '@milepost/stream/testing';
import { judgeAccount } from '../e2e/oracle.js';
import type { OracleEvent } from '../e2e/oracle.js';
import { Chance, randomAccount } from '../e2e/random-accounts.js';
import { inOrder, SignalReader } from '../e2e/reader.js';
import type { TriggerRecord } from '../e2e/reader.js';
import { toStructured } from '../e2e/structured.js';
import { samplePlan } from '@milepost/plan/testing';

const DAY = 86_400_000_000;
const END = Date.UTC(2026, 5, 1) * 1000;
const CREATED = 'account.created';
/** An account that time has leapt over is judged when it has rested for so long. */
const SETTLE = 30_000_000;

const plan = samplePlan();
const topologies = { milestones: milestonesTopology(plan), signals: signalsTopology(plan) };

interface Arriving {
  event: OracleEvent;
  receivedAt: number;
}

/**
 * Both topologies one after the other, as the services run them. `batch`: events per batch. `leaps`: after the first
 * half of them stream time is at its end.
 */
function run(arrivals: Arriving[], batch: number, { restarts = false, leaps = false } = {}) {
  const milestones = new TopologyDriver(topologies.milestones);
  const signals = new TopologyDriver(topologies.signals);
  let passed = 0;
  let clock = 0;
  const clocks = new Set<number>();
  const forward = (at: number | null): void => {
    const pages = milestones.outputs.slice(passed).filter(({ topic }) => topic === 'onboarding.journey');
    passed = milestones.outputs.length;
    for (const page of pages) {
      clocks.add(page.partition!);
      signals.send([{ key: '', value: page.value, timestamp: clock, partition: page.partition! }]);
    }
    if (at === null) return;
    const value = journeyPageCodec.encode({ planVersion: plan.version, facts: [], clock: at });
    for (const partition of clocks) signals.send([{ key: '', value, timestamp: at, partition }]);
  };
  for (let i = 0; i < arrivals.length; i += batch) {
    const part = arrivals.slice(i, i + batch);
    clock = Math.max(clock, ...part.map(({ receivedAt }) => receivedAt));
    milestones.send(
      part.map(({ event, receivedAt }) => ({ key: event.account, value: toStructured(event), timestamp: receivedAt })),
    );
    if (leaps && i >= arrivals.length / 2) clock = END - SETTLE;
    forward(leaps || i % (3 * batch) === 0 ? clock : null);
    if (restarts) signals.restart();
  }
  forward(END - SETTLE);
  forward(END);
  const reader = new SignalReader();
  for (const { topic, value } of signals.outputs) {
    if (topic.startsWith('onboarding.signals')) reader.read(JSON.parse(value!.toString()) as TriggerRecord);
  }
  return { reader, milestones, signals };
}

function check(account: string, events: OracleEvent[], result: ReturnType<typeof run>): void {
  const verdict = judgeAccount(events, END);
  expect(result.reader.faults).toEqual([]);
  expect(Object.fromEntries(result.milestones.state(account)!.reached)).toEqual(verdict.milestones);
  expect(inOrder(result.reader.episodes(account))).toEqual(inOrder(verdict.episodes));
}

describe('1. What readers are told equals the rules, for random accounts', () => {
  const accounts = Array.from({ length: 25 }, (_, i) => {
    const account = `acct_${i}`;
    return { account, events: randomAccount(account, new Chance(1000 + i), END, 120) };
  });

  /** The running system is held against hundreds. */
  const some = accounts.slice(0, 14);

  it('1.1 reaches every reason, cause and shape', () => {
    const seen = new Set<string>();
    for (const { events } of accounts) {
      for (const { reasons } of judgeAccount(events, END).episodes) {
        for (const { code, cause } of reasons) seen.add(`${code} ${cause ?? 'open'}`);
        if (reasons.length > new Set(reasons.map(({ code }) => code)).size) seen.add('the same reason twice');
      }
    }
    for (const wanted of [
      'stalled:setup-complete reached',
      'stalled:first-value reached',
      'quiet recovered',
      'quiet open',
      'quiet cancelled',
      'failing recovered',
      'depth recovered',
      'limit reached',
      'limit expired',
      'limit cancelled',
      'the same reason twice',
    ]) {
      expect([...seen]).toContain(wanted);
    }
  });

  const inOrderOfTime = (events: OracleEvent[]) => events.map((event) => ({ event, receivedAt: event.time }));

  it('1.2 in the order in which things happened, and nothing is taken back', () => {
    let certain = 0;
    for (const { account, events } of accounts) {
      const result = run(inOrderOfTime(events), 1);
      check(account, events, result);
      // A creation after other events moves the account's start; one instant's events come in one after the other.
      const createdLate = events.findIndex(({ type }) => type === CREATED) > 0;
      const sharedInstants = new Set(events.map(({ time }) => time)).size < events.length;
      if (createdLate || sharedInstants) continue;
      expect(result.reader.disproved).toEqual([]);
      certain++;
    }
    expect(certain).toBeGreaterThan(0);
  });

  it('1.3 in batches, with states read back from their bytes', () => {
    for (const { account, events } of some) check(account, events, run(inOrderOfTime(events), 7, { restarts: true }));
  });

  it('1.4 late by up to two days, a tenth doubled', () => {
    some.forEach(({ account, events }, i) => {
      const chance = new Chance(i);
      const arrivals = events.flatMap((event) => {
        const first = { event, receivedAt: event.time + chance.upTo(2 * DAY) };
        return chance.chance(0.1) ? [first, { event, receivedAt: first.receivedAt + chance.upTo(DAY) }] : [first];
      });
      arrivals.sort((a, b) => a.receivedAt - b.receivedAt);
      check(account, events, run(arrivals, 1));
    });
  });

  it('1.5 in any order at all', () => {
    some.forEach(({ account, events }, i) => {
      const chance = new Chance(i);
      const arrivals = events
        .map((event) => ({ event, receivedAt: END, place: chance.next() }))
        .sort((a, b) => a.place - b.place);
      check(account, events, run(arrivals, 5));
    });
  });

  it('1.6 when stream time leaps into half a history, and nobody looks absent for what is still to come', () => {
    for (const { account, events } of some) {
      const plain = events.filter(({ type, time }, i) => time !== events[i - 1]?.time && (i === 0 || type !== CREATED));
      const result = run(inOrderOfTime(plain), 1, { leaps: true });
      check(account, plain, result);
      expect(result.reader.disproved).toEqual([]);
    }
  });

  it('1.7 what ends an expansion at the instant of its deadline has reached it', () => {
    const known = { context: { planTier: 'pro', companySize: 50 }, properties: { limit: 'seats', amountMinor: 100, currency: 'EUR' } }; // prettier-ignore
    const start = END - 100 * DAY;
    const eventAt = (type: string, days: number): OracleEvent => ({
      ...known,
      id: `${type}-${days}`,
      source: '//core.flowpeak.example',
      account: 'edge',
      userId: null,
      type,
      time: start + days * DAY,
      outcome: 'succeeded',
    });
    for (const days of [29, 30, 31]) {
      const events = [
        eventAt(CREATED, 0),
        eventAt('plan.limit_reached', 10),
        eventAt('subscription.expanded', 10 + days),
      ];
      const result = run(inOrderOfTime(events), 1);
      check('edge', events, result);
      const causes = result.reader.episodes('edge').flatMap(({ reasons }) => reasons.map(({ cause }) => cause));
      expect(causes).toContain(days <= 30 ? 'reached' : 'expired');
    }
  });
});
