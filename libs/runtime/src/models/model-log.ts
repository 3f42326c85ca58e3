import { createHash } from 'node:crypto';
import { decodeModel, encodeModel } from '@milepost/contracts';
import type { Model, ModelBody } from '@milepost/contracts';
import type { Kafka } from 'kafkajs';
import { readTopic } from './read-topic.js';
import type { ReadLimits, WholeRecord } from './read-topic.js';

/** A record on the models topic that is no model: it counts for nothing, wherever it comes from. */
export interface RefusedModel {
  offset: number;
  why: string;
}

export interface PublishedModels {
  /** In the order in which they were first published. */
  models: PublishedModel[];
  refused: RefusedModel[];
}

export interface PublishedModel {
  model: Model;
  /** Milliseconds since the epoch, as the broker has it. */
  publishedAt: number;
}

export const modelVersion = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Publishes a model, keyed by its version. Publishing it again changes nothing. */
export async function publishModel(kafka: Kafka, topic: string, body: ModelBody): Promise<Model> {
  const value = encodeModel(body);
  const version = modelVersion(value);
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  try {
    await producer.send({ topic, acks: -1, messages: [{ key: version, value, partition: 0 }] });
  } finally {
    await producer.disconnect();
  }
  return { ...body, version };
}

/** Every model that was published. The key has to be the hash of the value, so none can be altered unseen. */
export async function readModels(kafka: Kafka, topic: string, limits?: ReadLimits): Promise<PublishedModels> {
  const models = new Map<string, PublishedModel>();
  const refused: RefusedModel[] = [];
  for (const record of await readTopic(kafka, topic, limits)) {
    const found = modelOf(record);
    if ('why' in found) refused.push(found);
    else if (!models.has(found.version)) models.set(found.version, { model: found, publishedAt: record.timestamp });
  }
  return { models: [...models.values()], refused };
}

function modelOf({ offset, key, value }: WholeRecord): Model | RefusedModel {
  if (value === null) return { offset, why: 'it has no value' };
  const version = modelVersion(value);
  if (key?.toString() !== version) return { offset, why: 'its key is not the hash of its value' };
  const decoded = decodeModel(value);
  return 'fault' in decoded ? { offset, why: decoded.fault } : { ...decoded.model, version };
}
