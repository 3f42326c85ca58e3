import { describe, expect, it } from '@jest/globals';
import { formatTime, TOPICS } from '@milepost/contracts';
import { milestonesTopology, signalsTopology, signalTopic } from '@milepost/onboarding';
import { TopologyDriver } from '@milepost/stream/testing';
import { samplePlan } from '@milepost/plan/testing';

const plan = samplePlan();
const STAMPED = Date.UTC(2026, 0, 5, 10) * 1000;

/** How many triggers an event sends that happened so many microseconds after the timestamp of its record. */
function triggersOf(ahead: number): number {
  const milestones = new TopologyDriver(milestonesTopology(plan));
  const signals = new TopologyDriver(signalsTopology(plan));
  const event = {
    specversion: '1.0',
    id: 'e1',
    source: '//core',
    type: 'plan.limit_reached',
    subject: 'acct_ann',
    time: formatTime(STAMPED + ahead),
    data: { outcome: 'succeeded', properties: { limit: 'seats' } },
  };
  milestones.send([{ key: 'acct_ann', timestamp: STAMPED, value: Buffer.from(JSON.stringify(event)) }]);
  for (const { topic, value, headers, partition } of milestones.outputs)
    if (topic === TOPICS.journey)
      signals.send([{ key: null, value, headers, timestamp: STAMPED, partition: partition! }]);
  return signals.outputs.filter(({ topic }) => topic === signalTopic('expansion-ready')).length;
}

describe('1. An event whose record was stamped', () => {
  it('1.1 in the same millisecond is judged at once: its microseconds are not in the future', () => {
    expect([0, 1, 999].map(triggersOf)).toEqual([1, 1, 1]);
  });

  it('1.2 earlier than it happened is judged when stream time has come so far', () => {
    expect([1_000, 60_000_000].map(triggersOf)).toEqual([0, 0]);
  });
});
