import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { DAY, formatTime, journeyPageCodec, parseTime } from '@milepost/contracts';
import type { Model, OnboardingEvent, Trigger } from '@milepost/contracts';
import { AccountSampler, milestonesTopology, MODEL_REASON, ModelSchedule, score, signalsTopology } from '@milepost/onboarding'; // prettier-ignore
import type { ModelsInForce } from '@milepost/onboarding';
import { encodeState, TopologyDriver } from '@milepost/stream/testing';
import type { OracleEvent } from '../e2e/oracle.js';
import { Chance, randomAccount } from '../e2e/random-accounts.js';
import { inOrder, SignalReader } from '../e2e/reader.js';
import type { TriggerRecord } from '../e2e/reader.js';
import { toStructured } from '../e2e/structured.js';
import { samplePlan } from '@milepost/plan/testing';
import { silenceModel } from './testing/silence-model.js';

const END = Date.UTC(2026, 5, 1) * 1000;
const SETTLE = 30_000_000;
/** Under the version that it had before models, so that triggers can be compared to the byte. */
const plan = { ...samplePlan(), version: 'f133a78a69816469' };

const accounts = Array.from({ length: 10 }, (_, i) => {
  const account = `acct_${i}`;
  return { account, events: randomAccount(account, new Chance(1000 + i), END, 120) };
});

const model = (over: Partial<Model> = {}): Model => silenceModel(plan, over);
const always = (schedule: ModelSchedule): ModelsInForce => ({ scheduleAt: () => schedule });

interface Arriving {
  event: OracleEvent;
  receivedAt: number;
}
const asItHappened = (events: OracleEvent[]): Arriving[] => events.map((event) => ({ event, receivedAt: event.time }));

/** Both topologies; `models` for signals. Everything that came out, and the states' bytes. */
function run(arrivals: Arriving[], models?: ModelsInForce, restarts = false) {
  const milestones = new TopologyDriver(milestonesTopology(plan));
  const topology = signalsTopology(plan, models);
  const signals = new TopologyDriver(topology);
  let passed = 0;
  let clock = 0;
  const homes = new Set<number>();
  const forward = (at: number): void => {
    for (; passed < milestones.outputs.length; passed++) {
      const { topic, value, partition } = milestones.outputs[passed]!;
      if (topic !== 'onboarding.journey') continue;
      homes.add(partition!);
      signals.send([{ key: '', value, timestamp: clock, partition: partition! }]);
    }
    const value = journeyPageCodec.encode({ planVersion: plan.version, facts: [], clock: at });
    for (const partition of homes) signals.send([{ key: '', value, timestamp: at, partition }]);
  };
  for (const { event, receivedAt } of arrivals) {
    clock = Math.max(clock, receivedAt);
    milestones.send([{ key: event.account, value: toStructured(event), timestamp: receivedAt }]);
    forward(clock);
    if (restarts) signals.restart();
  }
  forward(END - SETTLE);
  forward(END);
  const triggers = signals.outputs.map(({ value }) => JSON.parse(value!.toString()) as Trigger);
  const reader = new SignalReader();
  for (const trigger of triggers) reader.read(trigger as unknown as TriggerRecord);
  return { outputs: signals.outputs, triggers, reader, stateOf: (account: string) => encodeState(topology.state, signals.state(account)!) }; // prettier-ignore
}

function digest(models?: ModelsInForce): string {
  const hash = createHash('sha256');
  for (const { account, events } of accounts) {
    const { outputs, stateOf } = run(asItHappened(events), models);
    for (const { key, value, headers } of outputs) hash.update(JSON.stringify([String(key), String(value), headers]));
    hash.update(stateOf(account));
  }
  return hash.digest('hex');
}

describe('1. Without a model in force nothing is other than before there were models', () => {
  /** Taken from the version before models, by this very function. */
  const BEFORE = '5c457a2fbb2df952aae439d532372a355de31cd85c25066a9d2bedfb1dcbb923';

  it('1.1 triggers and states are the same to the byte', () => expect(digest()).toBe(BEFORE));

  it('1.2 also beside a model that comes into force later, or of a kind that has none', () => {
    const later = new ModelSchedule([{ kind: 'churn', from: END + 1, model: model() }]);
    const withdrawn = new ModelSchedule([{ kind: 'churn', from: 0, model: null }]);
    expect(digest(always(later))).toBe(BEFORE);
    expect(digest(always(withdrawn))).toBe(BEFORE);
  });
});

const inForce = (from: number, over?: Partial<Model>): ModelSchedule =>
  new ModelSchedule([{ kind: 'churn', from, model: model(over) }]);
const isModel = ({ code }: { code: string }): boolean => code === MODEL_REASON;
const opened = (triggers: Trigger[]): Trigger[] => triggers.filter(({ reasons }) => reasons.some(isModel));

function toEvent({ account, time, context, ...rest }: OracleEvent): OnboardingEvent {
  const nothing = { planTier: null, companySize: null, industry: null, region: null, acquisitionChannel: null };
  const known = context ? { ...nothing, ...context } : null;
  return { ...rest, accountId: account, occurredAt: time, context: known, productLine: null, traceparent: null };
}

/** What a late creation or an instant that is shared does to a start is another matter. */
const plain = accounts.filter(({ events }) => events.findIndex(({ type }) => type === 'account.created') === 0);

describe('2. A model in force', () => {
  it('2.1 opens its reason with the probability, the parts, the evidence and its version, and no skew to training', () => {
    const sampler = new AccountSampler({ plan, foretells: 'subscription.cancelled', horizonDays: 28 });
    let seen = 0;
    for (const { account, events } of plain) {
      const { triggers } = run(asItHappened(events), always(inForce(0)));
      const ordered = events.map(toEvent).sort((a, b) => a.occurredAt - b.occurredAt || (a.source < b.source ? -1 : a.source > b.source ? 1 : a.id < b.id ? -1 : 1)); // prettier-ignore
      const samples = new Map(
        sampler.samplesOf({ account, events: ordered, observedTo: END }, true).map((sample) => [sample.at, sample]),
      );
      for (const { reasons, ended, probability, modelVersion, evidence } of opened(triggers)) {
        const reason = reasons.find(isModel)!;
        const { features, segment } = samples.get(parseTime(reason.since)!)!;
        const trained = score(model(), features, segment);
        expect(probability).toBe(trained.probability);
        expect(reason.parts).toEqual(trained.parts);
        expect(modelVersion).toBe(model().version);
        expect(probability).toBeGreaterThanOrEqual(model().threshold);
        expect(reason.text).toMatch(
          /^The model gives subscription\.cancelled within 28 days a chance of \d+ %\.( What raises it most: .*, here \d+\.\d\.)?$/,
        );
        if (reasons.length + ended.length === 1) expect(evidence.every(({ time }) => time <= reason.since)).toBe(true);
        seen++;
      }
    }
    expect(seen).toBeGreaterThan(10);
  });

  it('2.2 ends it when the probability is below the lower bound, not the upper one', () => {
    let [recovered, differs] = [0, 0];
    for (const { account, events } of plain) {
      const wide = run(asItHappened(events), always(inForce(0))).reader.episodes(account);
      const narrow = run(asItHappened(events), always(inForce(0, { endsBelow: 0.4 }))).reader.episodes(account);
      const spans = (episodes: typeof wide) => episodes.flatMap(({ reasons }) => reasons.filter(isModel));
      recovered += spans(wide).filter(({ cause }) => cause === 'recovered').length;
      differs += Number(JSON.stringify(spans(wide)) !== JSON.stringify(spans(narrow)));
    }
    expect(recovered).toBeGreaterThan(5);
    expect(differs).toBeGreaterThan(0);
  });

  it('2.3 leaves the other reasons as they are', () => {
    const others = (result: ReturnType<typeof run>, account: string) =>
      result.reader.episodes(account).flatMap(({ reasons }) => reasons.filter((one) => !isModel(one)).map((one) => JSON.stringify(one))).sort(); // prettier-ignore
    for (const { account, events } of plain) {
      const [without, with_] = [run(asItHappened(events)), run(asItHappened(events), always(inForce(0)))];
      expect(others(with_, account)).toEqual(others(without, account));
      expect(with_.reader.faults).toEqual([]);
    }
  });

  it('2.4 is a function of the set: late, doubled and in any order, with restarts, the same is open', () => {
    for (const [i, { account, events }] of plain.slice(0, 4).entries()) {
      const chance = new Chance(i);
      const straight = run(asItHappened(events), always(inForce(0)));
      const shuffled = events.map((event) => ({ event, receivedAt: END, place: chance.next() })).sort((a, b) => a.place - b.place); // prettier-ignore
      const other = run(shuffled, always(inForce(0)), true);
      expect(inOrder(other.reader.episodes(account))).toEqual(inOrder(straight.reader.episodes(account)));
    }
  });
});

describe('3. Activation at a record', () => {
  const middle = END - 60 * DAY;
  /** Which schedule a record has follows from the log: from a record's offset on the new one. */
  const from = (schedule: ModelSchedule, offset: number): ModelsInForce => {
    const before = new ModelSchedule([]);
    return { scheduleAt: (context) => (context.offset >= offset ? schedule : before) };
  };

  it('3.1 scores from there on, nothing before it, and a replay gives the same bytes', () => {
    let seen = 0;
    for (const { events } of plain) {
      const offset = 2 * events.filter(({ time }) => time < middle).length;
      const models = from(inForce(middle), offset);
      const [once, again] = [run(asItHappened(events), models), run(asItHappened(events), models, true)];
      expect(again.outputs).toEqual(once.outputs);
      for (const { reasons } of opened(once.triggers)) {
        const since = reasons.find(isModel)!.since;
        expect(since >= formatTime(middle)).toBe(true);
        seen++;
      }
    }
    expect(seen).toBeGreaterThan(5);
  });

  it('3.2 another model takes over at its instant, and without one what is open expires', () => {
    const next = model({ version: 'b'.repeat(64) });
    const swap = new ModelSchedule([
      { kind: 'churn', from: 0, model: model() },
      { kind: 'churn', from: middle, model: next },
      { kind: 'churn', from: END - 20 * DAY, model: null },
    ]);
    const versions = new Set<string | null>();
    const causes = new Set<string | null>();
    for (const { account, events } of plain) {
      const { triggers, reader } = run(asItHappened(events), always(swap));
      for (const { reasons, modelVersion } of opened(triggers)) {
        const { since } = reasons.find(isModel)!;
        expect(modelVersion).toBe(since < formatTime(middle) ? model().version : next.version);
        expect(since < formatTime(END - 20 * DAY)).toBe(true);
        versions.add(modelVersion);
      }
      for (const { reasons } of reader.episodes(account)) for (const one of reasons.filter(isModel)) causes.add(one.cause); // prettier-ignore
    }
    expect(versions.size).toBe(2);
    expect([...causes]).toContain('expired');
    expect([...causes]).not.toContain(null);
  });
});
