// What every measure needs of Kafka: a quiet client, and a topic's records counted from a warm start.
import { createRequire } from 'node:module';
import { PARTITIONS } from '../../libs/contracts/dist/index.js';

const kafkajs = createRequire(import.meta.url)('kafkajs');

export const quietKafka = (brokers) =>
  new kafkajs.Kafka({ brokers, clientId: 'bench', logLevel: kafkajs.logLevel.NOTHING });

/** Records of a topic, all partitions; control records are counted too, and the load has none. */
export async function recordsIn(kafka, topic) {
  const admin = kafka.admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  return offsets.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
}

/** Counts and times records; the first `warmUp` are left out of the rate. */
export class Pace {
  seen = 0;
  began = 0;
  ended = 0;

  constructor(total, warmUp) {
    this.total = total;
    this.warmUp = warmUp;
  }

  /** `seen` records so far; true when all are. */
  at(seen) {
    if (this.began === 0 && seen >= this.warmUp) {
      this.began = performance.now();
      this.first = seen;
    }
    this.seen = seen;
    if (seen < this.total) return false;
    this.ended ||= performance.now();
    return true;
  }

  get perSecond() {
    return ((this.seen - this.first) * 1000) / (this.ended - this.began);
  }
}

/** Reads a topic from its start to its end with a group of its own; calls `eachBatch` for every batch. Returns the pace. */
export async function readAll(kafka, topic, { total, warmUp, eachBatch }) {
  const groupId = `bench-${Math.random().toString(36).slice(2)}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 50 });
  const pace = new Pace(total, warmUp);
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  try {
    await new Promise((done, fail) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => fail(payload.error));
      const run = {
        autoCommit: false,
        partitionsConsumedConcurrently: PARTITIONS,
        eachBatch: async (payload) => {
          await eachBatch(payload, groupId);
          if (pace.at(pace.seen + payload.batch.messages.length)) done();
        },
      };
      consumer.run(run).catch(fail);
    });
  } finally {
    await consumer.disconnect();
  }
  return pace;
}
