import { createHash } from 'node:crypto';
import kafkajs from 'kafkajs';
import type { Kafka, KafkaMessage, Message } from 'kafkajs';
import type { OracleEvent } from './oracle.js';
import { poisonLike } from './poison.js';
import { Chance } from './random-accounts.js';
import { toStructured } from './structured.js';

const DAY = 86_400_000_000;

export interface Disturbance {
  seed: number;
  /** An event comes up to so much later than it happened, microseconds. */
  lateBy: number;
  /** The share of events that are late; all, when it is not given. */
  lateShare?: number;
  /** A share that comes still later. */
  veryLateShare?: number;
  veryLateBy?: number;
  doubled: number;
  poisoned: number;
}

export interface Arrival {
  /** Receive time, microseconds. */
  at: number;
  message: Message;
  /** The violation by which the record must be rejected; null for a good one. */
  violation: string | null;
}

/** The records of accounts in the order in which they reach Kafka, stamped with when they do. */
export function arrivalsOf(events: OracleEvent[], disturbance: Disturbance): Arrival[] {
  const { seed, doubled, poisoned } = disturbance;
  const chance = new Chance(seed);
  const arrivals: Arrival[] = [];
  const add = (at: number, message: Message, violation: string | null): void => {
    arrivals.push({ at, violation, message: { ...message, timestamp: String(Math.ceil(at / 1000)) } });
  };
  for (const event of events) {
    const message: Message = {
      key: event.account,
      value: toStructured(event),
      headers: { 'content-type': 'application/cloudevents+json' },
    };
    const at = event.time + delay(chance, disturbance);
    if (chance.chance(poisoned)) {
      // Before the good event whose id it may share: a rejected record claims nothing.
      const poison = poisonLike(event, chance);
      add(at, poison.message, poison.violation);
    }
    add(at, message, null);
    if (chance.chance(doubled)) add(at + chance.upTo(2 * DAY), message, null);
  }
  return arrivals.sort((a, b) => a.at - b.at);
}

function delay(chance: Chance, { lateBy, lateShare = 1, veryLateBy = 0, veryLateShare = 0 }: Disturbance): number {
  if (chance.chance(veryLateShare)) return chance.upTo(veryLateBy + 1);
  return chance.chance(lateShare) ? chance.upTo(lateBy + 1) : 0;
}

export function connect(brokers: string[]): Kafka {
  return new kafkajs.Kafka({ brokers, clientId: 'e2e', logLevel: kafkajs.logLevel.NOTHING });
}

/** Sends arrivals with an ordinary producer, `between` after each part. */
export async function feed(
  kafka: Kafka,
  arrivals: Arrival[],
  between: (part: number) => Promise<void> | void,
): Promise<void> {
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  const size = 1_000;
  for (let i = 0; i < arrivals.length; i += size) {
    await producer.send({
      topic: 'onboarding.events',
      messages: arrivals.slice(i, i + size).map(({ message }) => message),
    });
    await between(i / size);
  }
  await producer.disconnect();
}

export interface Found {
  topic: string;
  partition: number;
  message: KafkaMessage;
}

const READ_MS = 120_000;

/** Everything that a `read_committed` reader finds in topics, from the start up to the ends found at the beginning. */
export async function readAll(kafka: Kafka, topics: string[]): Promise<Found[]> {
  const admin = kafka.admin();
  await admin.connect();
  const left = new Map<string, number>();
  for (const topic of topics) {
    for (const { partition, high } of await admin.fetchTopicOffsets(topic)) {
      if (Number(high) > 0) left.set(`${topic}/${partition}`, Number(high));
    }
  }
  await admin.disconnect();
  const found: Found[] = [];
  if (left.size === 0) return found;
  const consumer = kafka.consumer({ groupId: `e2e-${Date.now()}-${Math.random()}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topics, fromBeginning: true });
  let patience: NodeJS.Timeout | undefined;
  const whole = new Promise<void>((done, fail) => {
    // A transaction that was never ended holds back whoever reads committed records only.
    patience = setTimeout(() => fail(new Error(`Not readable to the end: ${[...left.keys()].join(', ')}`)), READ_MS);
    const reached = (topic: string, partition: number, next: number): void => {
      const end = left.get(`${topic}/${partition}`);
      if (end !== undefined && next >= end) left.delete(`${topic}/${partition}`);
      if (left.size === 0) done();
    };
    // A batch of control records alone shows in this event only.
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) =>
      reached(payload.topic, payload.partition, Number(payload.lastOffset) + 1),
    );
    consumer
      .run({
        autoCommit: false,
        eachBatch: ({ batch, resolveOffset }) => {
          for (const message of batch.messages) {
            found.push({ topic: batch.topic, partition: batch.partition, message });
            resolveOffset(message.offset);
          }
          return Promise.resolve();
        },
      })
      .catch(fail);
  });
  try {
    await whole;
  } finally {
    clearTimeout(patience);
    await consumer.disconnect();
  }
  return found;
}

/** A record as one text: what "byte-identical" is compared by. */
export function fingerprint(key: Message['key'], value: Message['value']): string {
  const hash = createHash('sha256');
  for (const part of [key ?? null, value ?? null])
    hash.update(part === null ? 'null' : `${Buffer.byteLength(part)}:`).update(part ?? '');
  return hash.digest('hex');
}
