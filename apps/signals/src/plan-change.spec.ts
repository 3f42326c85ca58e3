import { describe, expect, it } from '@jest/globals';
import { journeyPageCodec } from '@milepost/contracts';
import { milestonesTopology, signalsTopology } from '@milepost/onboarding';
import type { Plan } from '@milepost/plan';
import { TopologyDriver } from '@milepost/stream/testing';
import { accountEvents } from '../e2e/faults/account-events.js';
import type { TriggerRecord } from '../e2e/reader.js';
import { toStructured } from '../e2e/structured.js';
import { samplePlan } from '@milepost/plan/testing';

const DAY = 86_400_000_000;
const BEGIN = Date.UTC(2026, 0, 1) * 1000;

const plan = samplePlan();

function without(...codes: string[]): Plan {
  const signals = plan.signals.map((signal) => ({
    ...signal,
    reasons: signal.reasons.filter(({ code }) => !codes.includes(code)),
  }));
  return { ...plan, version: 'next', signals };
}

/** What is announced of an account that stalled, before and after the services begin anew with another plan. */
function announcedAcross(next: Plan): [before: TriggerRecord[], after: TriggerRecord[]] {
  const milestones = new TopologyDriver(milestonesTopology(plan));
  const signals = new TopologyDriver(signalsTopology(plan));
  const { events, add } = accountEvents('acct_1');
  add('account.created', BEGIN, { context: { planTier: 'pro', companySize: 50 } });
  add('workspace.configured', BEGIN + 20 * DAY);
  const pass = (index: number): void => {
    const { account, time } = events[index]!;
    milestones.send([{ key: account, value: toStructured(events[index]!), timestamp: time }]);
    const { value, partition } = milestones.outputs.findLast(({ topic }) => topic === 'onboarding.journey')!;
    signals.send([{ key: '', value, timestamp: time, partition: partition! }]);
    const clock = journeyPageCodec.encode({ planVersion: plan.version, facts: [], clock: time + 10 * DAY });
    signals.send([{ key: '', value: clock, timestamp: time + 10 * DAY, partition: partition! }]);
    // The leap of the clock holds the account back for a while.
    const later = journeyPageCodec.encode({
      planVersion: plan.version,
      facts: [],
      clock: time + 10 * DAY + 60_000_000,
    });
    signals.send([{ key: '', value: later, timestamp: time + 10 * DAY, partition: partition! }]);
  };
  const read = (): TriggerRecord[] =>
    signals.outputs.splice(0).map(({ value }) => JSON.parse(value!.toString()) as TriggerRecord);
  pass(0);
  const before = read();
  signals.restart(signalsTopology(next));
  pass(1);
  return [before, read()];
}

const codes = ({ reasons }: TriggerRecord): string[] => reasons.map(({ code }) => code);

describe('1. A plan that no longer has a reason which is announced', () => {
  it('takes it off the trigger and leaves what else is open', () => {
    const [before, after] = announcedAcross(without('stalled:setup-complete'));
    expect(codes(before.at(-1)!)).toEqual(['stalled:setup-complete', 'stalled:first-value']);
    expect(after.map(({ status, ended }) => ({ status, ended }))).toEqual([{ status: 'updated', ended: [] }]);
    expect(codes(after[0]!)).toEqual(['stalled:first-value']);
    expect(after[0]!.trigger).toBe(before[0]!.trigger);
  });

  it('resolves a trigger that stood on nothing else, as disproved', () => {
    const [before, after] = announcedAcross(without('stalled:setup-complete', 'stalled:first-value'));
    expect(after.map(({ status, resolution }) => ({ status, resolution }))).toEqual([
      { status: 'resolved', resolution: 'disproved' },
    ]);
    expect(after[0]!.trigger).toBe(before[0]!.trigger);
    expect(after[0]!.evidence).toEqual([]);
  });

  it('says nothing where the plan kept its reasons', () => {
    expect(announcedAcross({ ...plan, version: 'next' })[1]).toEqual([]);
  });
});
