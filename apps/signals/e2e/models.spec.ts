import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeControl, encodeModel, formatTime, parseTime } from '@milepost/contracts';
import type { Model, Trigger } from '@milepost/contracts';
import { modelVersion, publishModel } from '@milepost/runtime';
import { until } from '@milepost/stack';
import type { Kafka } from 'kafkajs';
import { samplePlan } from '@milepost/plan/testing';
import { silenceModel } from '../src/testing/silence-model.js';
import { Deployment } from './deployment.js';
import type { OracleEvent } from './oracle.js';
import { arrivalsOf, connect, feed, readAll } from './scenario.js';

const SECOND = 1_000_000;
const DAY = 86_400 * SECOND;
const AT_RISK = 'onboarding.signals.at-risk';
const ACCOUNTS = Array.from({ length: 12 }, (_, i) => `quiet_${i}`);
const plan = samplePlan();
const inOrder = { seed: 1, lateBy: 0, doubled: 0, poisoned: 0 };

let deployment: Deployment;
let kafka: Kafka;
beforeAll(async () => {
  deployment = await Deployment.start();
  kafka = connect(deployment.stack.addresses.kafka.brokers);
}, 240_000);
afterAll(() => deployment?.stop(), 60_000);

const eventOf = (account: string, type: string, time: number): OracleEvent => ({
  id: `${type}-${time}`,
  source: '//core.flowpeak.example',
  account,
  type,
  time,
  outcome: 'succeeded',
  userId: 'u',
  context: { planTier: 'pro', companySize: 50 },
  properties: type === 'workflow.run' ? { workflowId: 'w' } : {},
});
const say = (events: OracleEvent[]) => feed(kafka, arrivalsOf(events, inOrder), () => undefined);

async function scored(): Promise<Trigger[]> {
  const found = await readAll(kafka, [AT_RISK]);
  const triggers = found.flatMap(({ message }) => message.value === null ? [] : JSON.parse(message.value.toString()) as Trigger); // prettier-ignore
  return triggers.filter(({ reasons }) => reasons.some(({ code }) => code === 'model'));
}

describe('A model on the running system', () => {
  const model = silenceModel(plan);
  let published: Model;
  /** Accounts of this signup are eight weeks old then: their next scoring instant. */
  let due: number;

  it('1. is activated by a command, and scores each account at its instant, with its parts', async () => {
    published = await publishModel(kafka, 'onboarding.models', model);
    expect(await deployment.cli('models', 'list')).toMatch(new RegExp(`${published.version.slice(0, 12)} +churn`));
    due = Date.now() * 1000 + 25 * SECOND;
    const signup = due - 56 * DAY;
    await say(ACCOUNTS.flatMap((account) => [eventOf(account, 'account.created', signup), eventOf(account, 'workflow.run', signup + DAY)])); // prettier-ignore
    await deployment.cli('models', 'activate', published.version.slice(0, 12), '--by', 'spec');
    const touched = Date.now() * 1000;
    await say(ACCOUNTS.map((account) => eventOf(account, 'report.viewed', touched)));
    expect(touched).toBeLessThan(due - 5 * SECOND);
    const listed = JSON.parse(await deployment.cli('models', 'list', '--json')) as { inForce: boolean }[];
    expect(listed.map(({ inForce }) => inForce)).toEqual([true]);
    await setTimeout(Math.max(0, due / 1000 - Date.now()));
    await until('scores', async () => expect(new Set((await scored()).map(({ account }) => account)).size).toBe(ACCOUNTS.length), 120_000, 1_000); // prettier-ignore
    for (const { reasons, probability, modelVersion: version, live, at } of await scored()) {
      const reason = reasons.find(({ code }) => code === 'model')!;
      expect(parseTime(reason.since)).toBe(due);
      expect(parseTime(at)!).toBeGreaterThanOrEqual(due);
      expect(version).toBe(published.version);
      expect(probability).toBeCloseTo(1 / (1 + Math.exp(-0.3 * (55 - 10))), 6);
      expect(reason.parts![0]).toMatchObject({ input: 'idle', value: 55 });
      expect(live).toBe(true);
    }
  }, 240_000);

  it('2. survives the death of the service, and everything adds up', async () => {
    const before = (await scored()).length;
    deployment.kill('signals');
    await deployment.ready('signals');
    const report = JSON.parse(await deployment.cli('reconcile', '--json')) as { problems: string[] };
    expect(report.problems).toEqual([]);
    expect((await scored()).length).toBe(before);
  }, 120_000);

  it('3. one that is not there stops partitions with an alarm, and they go on once it is', async () => {
    const missing = silenceModel(plan, { threshold: 0.5 });
    const version = modelVersion(encodeModel(missing));
    const record = { kind: 'activate-model', id: randomUUID(), model: 'churn', version, reason: '', by: 'spec', at: formatTime(Date.now() * 1000) } as const; // prettier-ignore
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({ topic: 'onboarding.control', messages: [{ partition: 0, value: encodeControl(record) }] });
    const alarm = async (): Promise<void> => {
      await say(ACCOUNTS.map((account) => eventOf(account, 'report.viewed', Date.now() * 1000)));
      await expect(deployment.ready('signals', 100)).rejects.toThrow(/model-missing: Control record \d+ activates/);
    };
    await until('alarm', alarm, 60_000, 2_000);
    await publishModel(kafka, 'onboarding.models', missing);
    await deployment.ready('signals', 90_000);
    expect(await deployment.cli('models', 'rollback', 'churn', '--by', 'spec')).toContain(
      published.version.slice(0, 12),
    );
    await producer.disconnect();
  }, 240_000);
});
