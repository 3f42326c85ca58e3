import type { Kafka, Message } from 'kafkajs';
import type { Caller, Network } from './network.js';
import type { SimulatedConsumer } from './simulated-consumer.js';
import type { SimulatedLog } from './simulated-log.js';

interface Batch {
  topicMessages: { topic: string; messages: Message[] }[];
}
interface Offsets {
  consumerGroupId: string;
  topics: { topic: string; partitions: { partition: number; offset: string; metadata?: string }[] }[];
}

/** The part of kafkajs that the runtime uses, for one process, against the simulated brokers. */
export function simulatedKafka(
  caller: Caller,
  network: Network,
  log: SimulatedLog,
  consumer: () => SimulatedConsumer,
  now: () => number,
): Pick<Kafka, 'consumer' | 'producer' | 'admin'> {
  const request = <T>(label: string, carryOut: () => T): Promise<T> => network.request(caller, label, carryOut);
  const facade = {
    consumer,
    producer: ({ transactionalId }: { transactionalId: string }) =>
      new SimulatedProducer(transactionalId, request, log, now),
    admin: () => ({
      connect: () => Promise.resolve(),
      disconnect: () => Promise.resolve(),
      fetchOffsets: ({ groupId, topics: [topic] }: { groupId: string; topics: string[] }) =>
        request(`asks for the offsets of ${groupId}`, () => {
          const partitions = log.topic(topic!).map((_, partition) => {
            const found = log.committedOffset(groupId, topic!, partition);
            return { partition, offset: found?.offset ?? '-1', metadata: found?.metadata ?? null };
          });
          return [{ topic, partitions }];
        }),
      fetchTopicOffsets: (topic: string) =>
        request(`asks for the ends of ${topic}`, () =>
          log
            .topic(topic)
            .map(({ end }, partition) => ({ partition, low: '0', high: String(end), offset: String(end) })),
        ),
    }),
  };
  return facade as unknown as Pick<Kafka, 'consumer' | 'producer' | 'admin'>;
}

type Request = <T>(label: string, carryOut: () => T) => Promise<T>;

/** kafkajs asks for its producer id at the first transaction, not when it connects. */
class SimulatedProducer {
  private epoch: number | null = null;

  constructor(
    private readonly id: string,
    private readonly request: Request,
    private readonly log: SimulatedLog,
    private readonly now: () => number,
  ) {}

  connect(): Promise<void> {
    return Promise.resolve();
  }

  disconnect(): Promise<void> {
    return Promise.resolve();
  }

  async transaction() {
    const { id, log, request } = this;
    this.epoch ??= await request(`begins as ${id}`, () => log.initProducer(id));
    const epoch = this.epoch;
    const added = new Set<string>();
    const end = async (commit: boolean): Promise<void> => {
      if (added.size === 0) return;
      await request(`${commit ? 'commits' : 'aborts'} ${id}`, () => log.endTransaction(id, epoch, commit));
    };
    const once = async (name: string, carryOut: () => void): Promise<void> => {
      if (added.has(name)) return;
      await request(`adds ${name} to ${id}`, carryOut);
      added.add(name);
    };
    return {
      sendBatch: async ({ topicMessages }: Batch): Promise<void> => {
        for (const { topic, messages } of topicMessages) {
          for (const [partition, part] of byPartition(messages)) {
            await once(`${topic}/${partition}`, () => log.addPartition(id, epoch, topic, partition));
            const records = part.map(({ key, value, headers, timestamp }) => ({
              key: key as Buffer | null,
              value: value as Buffer | null,
              headers: (headers ?? {}) as Record<string, Buffer | string>,
              timestamp: timestamp === undefined ? this.now() : Number(timestamp),
            }));
            await request(`writes ${part.length} to ${topic}/${partition}`, () =>
              log.produce(id, epoch, topic, partition, records),
            );
          }
        }
      },
      sendOffsets: async ({ consumerGroupId, topics }: Offsets): Promise<void> => {
        await once(consumerGroupId, () => log.addGroup(id, epoch, consumerGroupId));
        const offsets = topics.flatMap(({ topic, partitions }) =>
          partitions.map(({ partition, offset, metadata = '' }) => ({ topic, partition, offset, metadata })),
        );
        await request(`sends offset ${offsets.map(({ offset }) => offset).join()} of ${id}`, () =>
          log.commitOffsets(id, epoch, consumerGroupId, offsets),
        );
      },
      commit: () => end(true),
      abort: () => end(false),
    };
  }
}

function byPartition(messages: readonly Message[]): Map<number, Message[]> {
  const parts = new Map<number, Message[]>();
  for (const message of messages) {
    const partition = message.partition ?? 0;
    parts.set(partition, [...(parts.get(partition) ?? []), message]);
  }
  return parts;
}
