import { describe, expect, it } from '@jest/globals';
import { journeyPageCodec, PARTITIONS } from '@milepost/contracts';
import { milestonesTopology, signalsTopology } from '@milepost/onboarding';
import { samplePlan } from '@milepost/plan/testing';
import { TopologyDriver } from '@milepost/stream/testing';
import fc from 'fast-check';
import type { OracleEvent } from '../e2e/oracle.js';
import { Chance, randomAccount } from '../e2e/random-accounts.js';
import { inOrder, SignalReader } from '../e2e/reader.js';
import type { TriggerRecord } from '../e2e/reader.js';
import { toStructured } from '../e2e/structured.js';

const END = Date.UTC(2026, 5, 1) * 1000;
const ACCOUNT = 'acct_order';

const plan = samplePlan();
const topologies = { milestones: milestonesTopology(plan), signals: signalsTopology(plan) };

/** The account's final states, and what a reader believes, after its events came in this order on these partitions. */
function outcome(arrivals: { event: OracleEvent; partition: number | undefined }[]) {
  const milestones = new TopologyDriver(topologies.milestones);
  const signals = new TopologyDriver(topologies.signals);
  let forwarded = 0;
  let home = 0;
  const forward = (): void => {
    for (; forwarded < milestones.outputs.length; forwarded++) {
      const { topic, key, value, timestamp, partition } = milestones.outputs[forwarded]!;
      // What came on another partition goes round once more, as through Kafka.
      if (topic === 'onboarding.events')
        milestones.send([{ key: key!.toString(), value, timestamp: timestamp!, partition: partition! }]);
      if (topic !== 'onboarding.journey') continue;
      home = partition!;
      signals.send([{ key: '', value, timestamp: END, partition: home }]);
    }
  };
  for (const { event, partition } of arrivals) {
    milestones.send([{ key: ACCOUNT, value: toStructured(event), timestamp: END, partition }]);
    forward();
  }
  const clock = journeyPageCodec.encode({ planVersion: plan.version, facts: [], clock: END });
  signals.send([{ key: '', value: clock, timestamp: END, partition: home }]);
  const reader = new SignalReader();
  for (const { topic, value } of signals.outputs) {
    if (topic.startsWith('onboarding.signals')) reader.read(JSON.parse(value!.toString()) as TriggerRecord);
  }
  const facts = milestones.state(ACCOUNT)!;
  const judged = signals.state(ACCOUNT)!;
  return {
    faults: reader.faults,
    episodes: inOrder(reader.episodes(ACCOUNT)),
    milestones: {
      start: [facts.created, facts.earliest],
      marks: [...facts.marks].sort(([a], [b]) => a - b),
      reached: Object.fromEntries(facts.reached),
      accepted: facts.accepted,
      seen: facts.seen.size,
    },
    signals: {
      start: judged.start,
      history: judged.history,
      milestones: Object.fromEntries(judged.milestones),
      base: judged.base,
    },
  };
}

describe('1. Neither order, repetition nor partition changes what is known', () => {
  it('1.1 any permutation with any repeats on any partitions gives the same states and the same episodes', () => {
    const disturbed = fc.record({
      seed: fc.integer({ min: 0, max: 1_000_000 }),
      places: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 40, maxLength: 40 }),
      repeats: fc.array(fc.nat(39), { maxLength: 15 }),
      partitions: fc.array(fc.option(fc.nat(PARTITIONS - 1), { nil: undefined }), { minLength: 60, maxLength: 60 }),
    });
    fc.assert(
      fc.property(disturbed, ({ seed, places, repeats, partitions }) => {
        const events = randomAccount(ACCOUNT, new Chance(seed), END, 120).slice(0, 40);
        const once = events.map((event, i) => ({ event, place: places[i]! }));
        const again = repeats.flatMap((i) =>
          once[i] ? [{ event: once[i].event, place: places[(7 * i + 3) % 40]! }] : [],
        );
        const arrivals = [...once, ...again].sort((a, b) => a.place - b.place);
        const straight = outcome(events.map((event) => ({ event, partition: undefined })));
        const other = outcome(
          arrivals.map(({ event }, i) => ({ event, partition: partitions[i % partitions.length] })),
        );
        expect(other).toEqual(straight);
        expect(other.faults).toEqual([]);
      }),
      { numRuns: 25, seed: 7 },
    );
  });
});
