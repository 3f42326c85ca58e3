import { describe, expect, it } from '@jest/globals';
import {
  CONTROL_HEADER,
  encodeControl,
  formatTime,
  journeyPageCodec,
  partitionOf,
  PARTITIONS,
} from '@milepost/contracts';
import type { ControlRecord, Model, Trigger } from '@milepost/contracts';
import { ControlModels, milestonesTopology, MODEL_REASON, signalsTopology } from '@milepost/onboarding';
import { InfrastructureError } from '@milepost/stream';
import type { ControlLog } from '@milepost/stream';
import { TopologyDriver } from '@milepost/stream/testing';
import { samplePlan } from '@milepost/plan/testing';
import { ModelWatch } from './model-watch.js';
import { silenceModel } from './testing/silence-model.js';

const plan = samplePlan();
const HOUR = 3_600_000_000;
const DAY = 24 * HOUR;
const SIGNUP = Date.UTC(2026, 0, 5) * 1000;
const ANN = 'acct_ann';
const home = partitionOf(Buffer.from(ANN), PARTITIONS);
const first = silenceModel(plan);
const second = silenceModel(plan, { version: 'b'.repeat(64), threshold: 0.9, endsBelow: 0.8 });

const activation = (version: string | null, at: number): ControlRecord => ({
  kind: 'activate-model',
  id: 'f00',
  model: 'churn',
  version,
  reason: 'spec',
  by: 'desk',
  at: formatTime(at),
});
const erasure: ControlRecord = { kind: 'erase', id: 'f01', account: 'other', reason: '', by: 'desk', at: formatTime(SIGNUP) }; // prettier-ignore

/** A control log in memory. */
class Log implements ControlLog {
  readonly records: Buffer[] = [];
  write(record: ControlRecord): number {
    return this.records.push(encodeControl(record)) - 1;
  }
  end = (): Promise<number> => Promise.resolve(this.records.length);
  read = (sequence: number): Promise<Buffer | null> => Promise.resolve(this.records[sequence] ?? null);
}

/** What a service's metrics and log say of models. */
class Shown {
  readonly scores: Record<string, number> = {};
  readonly said: string[] = [];
  readonly watch = new ModelWatch(
    {
      count: (name, { model, version }) => {
        expect(name).toBe('model_scores_total');
        this.scores[`${model} ${version}`] = (this.scores[`${model} ${version}`] ?? 0) + 1;
      },
      gauge: () => undefined,
      observe: () => undefined,
    },
    { debug: () => undefined, info: (fields, text) => void this.said.push(`${text} ${JSON.stringify(fields)}`), warn: () => undefined, error: () => undefined }, // prettier-ignore
  );
}

function company(log = new Log(), published: Model[] = [first, second]) {
  const shown = new Shown();
  const models = new ControlModels(log, () => Promise.resolve(published), shown.watch);
  const milestones = new TopologyDriver(milestonesTopology(plan));
  const signals = new TopologyDriver(signalsTopology(plan, models));
  let passed = 0;
  const forward = (clock: number): void => {
    for (; passed < milestones.outputs.length; passed++) {
      const { topic, value, headers, partition } = milestones.outputs[passed]!;
      if (topic !== 'onboarding.journey') continue;
      signals.send([{ key: null, value, headers, timestamp: clock, partition: partition! }]);
    }
    const value = journeyPageCodec.encode({ planVersion: plan.version, facts: [], clock });
    signals.send([{ key: null, value, timestamp: clock, partition: home }]);
  };
  const say = (id: string, type: string, at: number): void => {
    const data = {
      outcome: 'succeeded',
      context: { planTier: 'pro', companySize: 10 },
      properties: { workflowId: 'w', reportId: 'r' },
    };
    const event = { specversion: '1.0', id, source: '//core', type, subject: ANN, time: formatTime(at), data };
    milestones.send([{ key: ANN, timestamp: at, value: Buffer.from(JSON.stringify(event)) }]);
    forward(at);
  };
  /** Written to the control log, and marked in every partition of the events, as the milestones service does. */
  const control = (record: ControlRecord, at: number): void => {
    const headers = { [CONTROL_HEADER]: String(log.write(record)) };
    const value = encodeControl(record);
    milestones.send(Array.from({ length: PARTITIONS }, (_, partition) => ({ key: null, value, timestamp: at, partition, headers }))); // prettier-ignore
  };
  const days = (from: number, to: number): void => {
    for (let hour = 24 * from; hour <= 24 * to; hour++) forward(SIGNUP + hour * HOUR);
  };
  const opened = (): Trigger[] =>
    signals.outputs
      .map(({ value }) => JSON.parse(value!.toString()) as Trigger)
      .filter(({ reasons, ended }) => [...reasons, ...ended].some(({ code }) => code === MODEL_REASON));
  return { log, models, shown, milestones, signals, say, control, forward, days, opened };
}

describe('1. What control activates', () => {
  it('1.1 is relayed through every partition of the journey, once, and concerns no account', () => {
    const { milestones, control } = company();
    control(activation(first.version, SIGNUP), SIGNUP);
    const journey = milestones.outputs.filter(({ topic }) => topic === 'onboarding.journey');
    expect(journey.map(({ partition }) => partition).sort()).toEqual(Array.from({ length: PARTITIONS }, (_, i) => i));
    expect(journey[0]!.value!.equals(encodeControl(activation(first.version, SIGNUP)))).toBe(true);
    expect(milestones.outputs).toHaveLength(PARTITIONS);
    expect(milestones.state('')).toBeUndefined();
  });

  it('1.2 scores from its instant on, then with the next model, then with none', async () => {
    const { models, say, control, days, opened } = company();
    say('1', 'account.created', SIGNUP);
    say('2', 'workflow.run', SIGNUP + 5 * DAY);
    days(6, 16);
    expect(opened()).toEqual([]);
    const at = SIGNUP + 16 * DAY;
    control(activation(first.version, at), at);
    await models.refresh();
    // Quiet has opened, so nothing but an event has her looked at: from then on she is scored each week.
    say('3', 'report.viewed', at + HOUR);
    for (const [from, to] of [
      [16, 20],
      [20, 21],
    ] as const) {
      expect(opened()).toEqual([]);
      days(from, to);
    }
    expect(opened()).toHaveLength(1);
    expect(opened()[0]).toMatchObject({ modelVersion: first.version, at: formatTime(SIGNUP + 21 * DAY) });
    expect(opened()[0]!.probability).toBeCloseTo(1 / (1 + Math.exp(-0.3 * 6)), 12);

    control(activation(second.version, SIGNUP + 22 * DAY), SIGNUP + 22 * DAY);
    await models.refresh();
    days(21, 34);
    // What is open goes on under the next model, explained by the score that opened it.
    expect(opened().filter(({ ended }) => ended.some(({ code }) => code === MODEL_REASON))).toEqual([]);

    control(activation(null, SIGNUP + 36 * DAY), SIGNUP + 36 * DAY);
    await models.refresh();
    days(34, 45);
    const [end] = opened()
      .at(-1)!
      .ended.filter(({ code }) => code === MODEL_REASON);
    expect(end).toMatchObject({ cause: 'expired', at: formatTime(SIGNUP + 42 * DAY) });
  });

  it('1.3 changes nothing by an erasure that stands before it', async () => {
    const { models, control, log } = company();
    control(erasure, SIGNUP);
    control(activation(first.version, SIGNUP), SIGNUP);
    await models.refresh();
    const at = (control: number) =>
      models.scheduleAt({ partition: 0, offset: 0, receivedAt: 0, streamTime: 0, control });
    expect(at(1)).toBe(at(0));
    expect(at(1).modelAt('churn', SIGNUP)).toBeNull();
    expect(at(2).modelAt('churn', SIGNUP)).toEqual(first);
    log.write(erasure);
    await models.refresh();
    expect(at(3)).toBe(at(2));
  });

  it('1.4 is seen to score long before it opens a reason: in the log once, in a metric each week', async () => {
    const { models, shown, say, control, days, opened } = company();
    control(activation(second.version, SIGNUP), SIGNUP);
    await models.refresh();
    say('1', 'account.created', SIGNUP);
    expect(shown).toMatchObject({ scores: {}, said: [expect.stringMatching(/^A model is in force: .*"model":"churn","version":"bbbb/)] }); // prettier-ignore
    days(0, 8);
    expect(shown.scores).toEqual({ 'churn bbbbbbbbbbbb': 1 });
    days(8, 15);
    expect(shown.scores).toEqual({ 'churn bbbbbbbbbbbb': 2 });
    expect(opened()).toEqual([]);
    control(activation(null, SIGNUP + 16 * DAY), SIGNUP + 16 * DAY);
    await models.refresh();
    days(15, 30);
    // Under another schedule her history is folded again, and its two instants are scored again.
    expect([Object.values(shown.scores), shown.said.length]).toEqual([[4], 2]);
    expect(shown.said[1]).toMatch(/^No model is in force/);
  });
});

describe('2. What is not known is not guessed', () => {
  const at = (models: ControlModels, control: number) => () => models.scheduleAt({ partition: 0, offset: 0, receivedAt: 0, streamTime: 0, control }); // prettier-ignore
  const codeOf = (work: () => unknown): string => {
    try {
      work();
    } catch (error) {
      if (error instanceof InfrastructureError) return `${error.code} ${error.stops ? 'stops' : 'waits'}`;
    }
    return 'nothing';
  };

  it('2.1 a control record that has not been read yet lets the partition wait for it', async () => {
    const { models, log } = company();
    log.write(activation(first.version, SIGNUP));
    expect(codeOf(at(models, 1))).toBe('log-unavailable waits');
    await models.refresh();
    expect(codeOf(at(models, 1))).toBe('nothing');
  });

  it('2.2 a model that is not there raises an alarm, until it is', async () => {
    const published: Model[] = [];
    const { models, log } = company(new Log(), published);
    log.write(activation(first.version, SIGNUP));
    await models.refresh();
    expect(codeOf(at(models, 1))).toBe('model-missing stops');
    expect(codeOf(at(models, 0))).toBe('nothing');
    published.push(first);
    await models.refresh();
    expect(at(models, 1)().modelAt('churn', SIGNUP)).toEqual(first);
  });

  it('2.3 a model that this version cannot score, or of the other kind, too', async () => {
    const odd = [silenceModel(plan, { featuresVersion: 99 }), silenceModel(plan, { version: second.version, kind: 'expansion' })]; // prettier-ignore
    for (const model of odd) {
      const { models, log } = company(new Log(), [model]);
      log.write(activation(model.version, SIGNUP));
      await models.refresh();
      expect(codeOf(at(models, 1))).toBe('model-unknown stops');
    }
  });
});
