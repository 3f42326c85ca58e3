import { beforeAll, describe, expect, it } from '@jest/globals';
import { CONTROL_PARTITIONS, TOPIC_CONFIG, TOPICS } from '@milepost/contracts';
import type { ControlRecord } from '@milepost/contracts';
import type { Logger } from '@milepost/stream';
import { createKafka } from '../kafka/kafka-client.js';
import { writeControl } from '../kafka/write-control.js';
import { createTopics } from '../topics-setup.js';
import { readActivations } from './activations.js';
import { TopicTooLarge } from './read-topic.js';

const silent = (): void => undefined;
const logger: Logger = { debug: silent, info: silent, warn: silent, error: silent };
const kafkaAt = (brokers: string) => createKafka({ brokers: brokers.split(','), clientId: 'activations' }, logger);
const kafka = kafkaAt(process.env['KAFKA_BROKERS']!);
const prefix = `activations-${process.pid}-`;
const topic = prefix + TOPICS.control;

beforeAll(() =>
  createTopics(kafka, [{ name: topic, partitions: CONTROL_PARTITIONS, config: TOPIC_CONFIG[TOPICS.control] }], 1),
);

const told = { id: 'x', reason: '', by: 'spec', at: '2026-01-01T00:00:00Z' };
const activation = (version: string | null) => ({ kind: 'activate-model', model: 'churn', version, ...told }) as const;
const version = 'a'.repeat(64);
const enough = { milliseconds: 20_000, records: 100, bytes: 100_000 };

describe('1. What operators activated', () => {
  it('1.1 nothing before the first; then in the order of the log, whatever else stands in it', async () => {
    expect(await readActivations(kafka, topic, enough)).toEqual([]);
    const records: ControlRecord[] = [activation(version), { kind: 'erase', account: 'a', ...told }, activation(null)];
    for (const [i, record] of records.entries()) expect(await writeControl(kafka, prefix, 'key', record)).toBe(i);
    expect(await readActivations(kafka, topic, enough)).toEqual([activation(version), activation(null)]);
    expect(await readActivations(kafka, topic)).toHaveLength(2);
  });

  it('1.2 is not read past its limits', async () => {
    const read = (narrow: object) => readActivations(kafka, topic, { ...enough, ...narrow });
    await expect(read({ records: 2 })).rejects.toThrow(TopicTooLarge);
    await expect(read({ bytes: 200 })).rejects.toThrow(TopicTooLarge);
    expect(await read({ records: 3 })).toHaveLength(2);
  });

  it('1.3 Kafka away is told when the time is up, not when kafkajs has given up', async () => {
    const began = Date.now();
    const reading = readActivations(kafkaAt('127.0.0.1:1'), topic, { ...enough, milliseconds: 500 });
    await expect(reading).rejects.toMatchObject({ code: 'log-unavailable' });
    expect(Date.now() - began).toBeLessThan(3_000);
  });
});
