import { beforeAll, describe, expect, it } from '@jest/globals';
import { decodeModel, encodeModel, MODELS_PARTITIONS, TOPIC_CONFIG, TOPICS } from '@milepost/contracts';
import type { ModelBody } from '@milepost/contracts';
import type { Logger } from '@milepost/stream';
import { createKafka } from '../kafka/kafka-client.js';
import { checkTopics, createTopics } from '../topics-setup.js';
import { modelVersion, publishModel, readModels } from './model-log.js';

const silent = (): void => undefined;
const logger: Logger = { debug: silent, info: silent, warn: silent, error: silent };
const kafka = createKafka({ brokers: process.env['KAFKA_BROKERS']!.split(','), clientId: 'models' }, logger);
const topic = `models-${process.pid}-${TOPICS.models}`;
const spec = { name: topic, partitions: MODELS_PARTITIONS, config: TOPIC_CONFIG[TOPICS.models] };

beforeAll(() => createTopics(kafka, [spec], 1));

const time = '2026-01-01T00:00:00.000000Z';
const body = (horizonDays: number): ModelBody => ({
  format: 1,
  kind: 'churn',
  featuresVersion: 1,
  planVersion: 'p',
  foretells: 'subscription.cancelled',
  horizonDays,
  intercept: -2.123456789012345,
  inputs: [{ name: 'idle', coefficient: 0.1 + 0.2, mean: 1e-17, edges: [0.1, 3], shares: [0.5, 0.25, 0.25] }],
  segments: [{ segment: 'smb', offset: 0.1, rows: 4, events: 1, base: 0.3 }],
  prior: { coefficient: 1, segment: 0.5 },
  threshold: 0.4,
  endsBelow: 0.3,
  training: { from: time, until: time, rows: 4, accounts: 2, events: 1 },
  judged: {
    from: time,
    until: time,
    rows: 4,
    accounts: 2,
    events: 1,
    brier: 0.1,
    baseBrier: 0.2,
    skill: 0.5,
    gain: { estimate: 0.1, standardError: 0.01 },
    calibration: { intercept: { estimate: 0, lower: -1, upper: 1 }, slope: null, observedOverExpected: 1 },
    concordance: { estimate: 0.8, standardError: 0.1 },
    atThreshold: { alarms: 1, hits: 1 },
  },
});

async function sendRaw(key: string | null, value: Buffer | null): Promise<void> {
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic, messages: [{ key, value }] });
  await producer.disconnect();
}

describe('Models on their topic', () => {
  it('1. none before the first, and the topic is as correctness needs it', async () => {
    expect(await readModels(kafka, topic)).toEqual({ models: [], refused: [] });
    expect(await checkTopics(kafka, [spec])).toEqual([]);
  });

  it('2. come back bit by bit, in their order, once however often they are published', async () => {
    const first = await publishModel(kafka, topic, body(28));
    const second = await publishModel(kafka, topic, body(14));
    expect((await publishModel(kafka, topic, body(28))).version).toBe(first.version);
    const { models, refused } = await readModels(kafka, topic);
    expect(models.map(({ model }) => model)).toEqual([first, second]);
    expect(refused).toEqual([]);
    expect(first.version).toBe(modelVersion(encodeModel(first)));
  });

  it('3. an altered one, one under another name and what is no model count for nothing, and are named', async () => {
    const good = encodeModel(body(28));
    const altered = Buffer.from(good.toString().replace('"threshold":0.4', '"threshold":0.1'));
    await sendRaw(modelVersion(good), altered);
    await sendRaw(null, good);
    await sendRaw(modelVersion(Buffer.from('{')), Buffer.from('{'));
    const wrong = Buffer.from(good.toString().replace('"churn"', '"rain"'));
    await sendRaw(modelVersion(wrong), wrong);
    await sendRaw('x', null);
    const { models, refused } = await readModels(kafka, topic);
    expect(models).toHaveLength(2);
    expect(refused.map(({ why }) => why.slice(0, 36))).toEqual([
      'its key is not the hash of its value',
      'its key is not the hash of its value',
      expect.stringMatching(/^no JSON: /),
      expect.stringMatching(/Invalid option/),
      'it has no value',
    ]);
    expect(decodeModel(wrong)).toHaveProperty('fault');
  });
});
