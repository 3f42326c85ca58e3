import { describe, expect, it } from '@jest/globals';
import { CONTROL_HEADER, encodeControl, journeyPageCodec, partitionOf, PARTITIONS } from '@milepost/contracts';
import type { Trigger } from '@milepost/contracts';
import { milestonesTopology, signalsTopology } from '@milepost/onboarding';
import { headerText } from '@milepost/stream';
import { TopologyDriver } from '@milepost/stream/testing';
import type { DriverInput } from '@milepost/stream/testing';
import { samplePlan } from '@milepost/plan/testing';

const plan = samplePlan();
const DAY = 86_400_000_000;
const SIGNUP = Date.UTC(2026, 0, 5) * 1000;
const ANN = 'acct_ann';
const BOB = 'acct_bob';
const homeOf = (account: string): number => partitionOf(Buffer.from(account), PARTITIONS);
const erasureOf = (account: string) =>
  encodeControl({ kind: 'erase', id: 'f00', account, reason: 'Request 17', by: 'desk', at: '2026-03-01T00:00:00Z' });

/** Both topologies one after the other. Signals get what the journey holds, then stream time. */
function company() {
  const milestones = new TopologyDriver(milestonesTopology(plan));
  const signals = new TopologyDriver(signalsTopology(plan));
  let passed = 0;
  const forward = (clock: number): void => {
    const journey = milestones.outputs.slice(passed).filter(({ topic }) => topic === 'onboarding.journey');
    passed = milestones.outputs.length;
    for (const { value, headers, partition } of journey) {
      signals.send([{ key: null, value, headers, timestamp: clock, partition: partition! }]);
    }
    const value = journeyPageCodec.encode({ planVersion: plan.version, facts: [], clock });
    for (const account of [ANN, BOB])
      signals.send([{ key: null, value, timestamp: clock, partition: homeOf(account) }], clock);
  };
  const event = (account: string, id: string, at: number, change: Record<string, unknown> = {}): DriverInput => ({
    key: account,
    timestamp: at,
    value: Buffer.from(
      JSON.stringify({
        specversion: '1.0',
        id,
        source: '//core.flowpeak.example',
        type: 'account.created',
        subject: account,
        time: new Date(at / 1000).toISOString(),
        data: { context: { planTier: 'pro', companySize: 10 } },
        ...change,
      }),
    ),
  });
  /** In every partition, as the milestones service appends it. */
  const erase = (account: string, at: number, sequence = 0): void =>
    milestones.send(
      Array.from({ length: PARTITIONS }, (_, partition) => ({
        key: null,
        value: erasureOf(account),
        timestamp: at,
        partition,
        headers: { [CONTROL_HEADER]: String(sequence) },
      })),
    );
  const triggers = (topic = 'onboarding.signals.at-risk') => signals.outputs.filter((one) => one.topic === topic);
  return { milestones, signals, forward, event, erase, triggers };
}

const said = ({ value }: { value: Buffer | null }): string => {
  if (value === null) return 'tombstone';
  const { account, status, resolution } = JSON.parse(value.toString()) as Trigger;
  return `${account} ${status}${resolution === null ? '' : ` ${resolution}`}`;
};

describe('1. An account that is erased', () => {
  it('1.1 has its open trigger resolved as erased, then a tombstone on every signal topic; others stay', () => {
    const { milestones, forward, event, erase, triggers } = company();
    milestones.send([event(ANN, 'a', SIGNUP), event(BOB, 'b', SIGNUP)]);
    forward(SIGNUP);
    for (let day = 1; day <= 8; day++) forward(SIGNUP + day * DAY);
    expect(triggers().map(said)).toContain(`${ANN} opened`);
    const before = triggers().length;
    erase(ANN, SIGNUP + 9 * DAY);
    forward(SIGNUP + 9 * DAY);
    expect(triggers().slice(before).map(said)).toEqual([`${ANN} resolved erased`, 'tombstone']);
    const [resolved, tombstone] = triggers().slice(before);
    expect(JSON.parse(resolved!.value!.toString())).toMatchObject({ reasons: [], evidence: [], milestones: {} });
    expect([tombstone!.key!.toString(), headerText(tombstone!.headers, CONTROL_HEADER)]).toEqual([ANN, '0']);
    expect(triggers('onboarding.signals.expansion-ready').map(said)).toEqual(['tombstone']);
    forward(SIGNUP + 30 * DAY);
    expect(
      triggers()
        .slice(before + 2)
        .every((one) => !said(one).startsWith(ANN)),
    ).toBe(true);
  });

  it('1.2 has no state left anywhere, and nothing open is counted of it', () => {
    const { milestones, signals, forward, event, erase } = company();
    milestones.send([event(ANN, 'a', SIGNUP)]);
    forward(SIGNUP);
    for (let day = 1; day <= 8; day++) forward(SIGNUP + day * DAY);
    expect(signals.tally.counts['open:at-risk/stalled:setup-complete']).toBe(1);
    erase(ANN, SIGNUP + 9 * DAY);
    forward(SIGNUP + 9 * DAY);
    for (const driver of [milestones, signals]) {
      expect(driver.state(ANN)).toBeUndefined();
      expect(driver.isForgotten(ANN)).toBe(true);
    }
    const open = Object.entries(signals.tally.counts).filter(([name]) => name.startsWith('open:'));
    expect(open.filter(([, count]) => count !== 0)).toEqual([]);
  });

  it('1.3 stays so: later events are dropped, accepted ones and bad ones, wherever they are sent', () => {
    const { milestones, forward, event, erase } = company();
    milestones.send([event(ANN, 'a', SIGNUP)]);
    erase(ANN, SIGNUP + DAY);
    const before = milestones.outputs.length;
    const elsewhere = (homeOf(ANN) + 1) % PARTITIONS;
    milestones.send([
      event(ANN, 'later', SIGNUP + 2 * DAY),
      event(ANN, 'bad', SIGNUP + 2 * DAY, { type: 'of no plan' }),
      { ...event(ANN, 'stray', SIGNUP + 2 * DAY), partition: elsewhere },
      { key: ANN, value: Buffer.from('{'), timestamp: SIGNUP, partition: elsewhere },
    ]);
    forward(SIGNUP + 20 * DAY);
    expect(milestones.outputs.slice(before)).toEqual([]);
    expect(milestones.tally.counts).toMatchObject({ erased: 4, control: PARTITIONS });
    expect(milestones.tally.counts['rejected']).toBeUndefined();
  });

  it('1.4 is relayed after everything that was accepted of it, though a page was still open', () => {
    const { milestones, event } = company();
    milestones.send([
      event(ANN, 'a', SIGNUP),
      {
        key: null,
        value: erasureOf(ANN),
        timestamp: SIGNUP,
        partition: homeOf(ANN),
        headers: { [CONTROL_HEADER]: '0' },
      },
      event(ANN, 'late', SIGNUP),
    ]);
    const journey = milestones.outputs.filter(({ topic }) => topic === 'onboarding.journey');
    expect(journey.map(({ headers }) => headerText(headers, CONTROL_HEADER) ?? 'page')).toEqual(['page', '0']);
    expect(journey[1]).toMatchObject({ partition: homeOf(ANN), value: erasureOf(ANN) });
  });

  it('1.5 may be erased again: the marker goes on, and nothing else happens', () => {
    const { milestones, signals, forward, event, erase, triggers } = company();
    milestones.send([event(ANN, 'a', SIGNUP)]);
    erase(ANN, SIGNUP + DAY);
    erase(ANN, SIGNUP + DAY);
    erase(ANN, SIGNUP + 2 * DAY, 1);
    forward(SIGNUP + 20 * DAY);
    const journey = milestones.outputs.filter(({ topic }) => topic === 'onboarding.journey');
    expect(journey.map(({ headers }) => headerText(headers, CONTROL_HEADER) ?? 'page')).toEqual([
      'page',
      '0',
      '0',
      '1',
    ]);
    expect(triggers().map(said)).toEqual(['tombstone', 'tombstone', 'tombstone']);
    expect(signals.state(ANN)).toBeUndefined();
  });

  it('1.6 goes from the rejects of every partition, for it may have been rejected anywhere', () => {
    const { milestones, erase } = company();
    erase(ANN, SIGNUP);
    const rejects = milestones.outputs.filter(({ topic }) => topic === 'onboarding.rejected');
    expect(rejects.map(({ partition }) => partition)).toEqual(Array.from({ length: PARTITIONS }, (_, i) => i));
    expect(rejects.every(({ headers }) => headerText(headers, CONTROL_HEADER) === '0')).toBe(true);
  });
});

describe('2. What only looks like a marker', () => {
  it('2.1 is rejected when its header is no number, and loses the header that is ours', () => {
    const { milestones, event } = company();
    milestones.send([{ ...event(ANN, 'a', SIGNUP), headers: { [CONTROL_HEADER]: 'x', other: 'kept' } }]);
    expect(milestones.tally.counts['violation:Forged-Marker']).toBe(1);
    const { headers } = milestones.outputs[0]!;
    expect(headers).toMatchObject({ 'milepost-control-claimed': 'x', other: 'kept' });
    expect(CONTROL_HEADER in headers).toBe(false);
  });
});
