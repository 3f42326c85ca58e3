import type { CommittedOffset, OutRecord, PartitionPublisher } from '@milepost/stream';
import { InfrastructureError } from '@milepost/stream';
import type { Kafka, Message, Producer } from 'kafkajs';

export interface PublisherOptions {
  kafka: Kafka;
  groupId: string;
  /** Full name of the input topic. */
  topic: string;
  partition: number;
  topicPrefix: string;
}

/** Back-to-back transactions meet CONCURRENT_TRANSACTIONS and sleep this long: the default of 300 ms ruins latency. */
const RETRY = { initialRetryTime: 5, maxRetryTime: 1_000, retries: 10 };
const TRANSACTION_TIMEOUT_MS = 30_000;

/** kafkajs makes one batch of what one send holds for a partition, and a batch may not be larger than a message may. */
const MAX_SEND_BYTES = 524_288;

function* parts(records: readonly OutRecord[]): Generator<OutRecord[]> {
  let part: OutRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = (record.value?.length ?? 0) + (record.key?.length ?? 0);
    if (part.length > 0 && bytes + size > MAX_SEND_BYTES) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(record);
    bytes += size;
  }
  if (part.length > 0) yield part;
}

/** The partition's own producer: its transactional id names group, topic and partition, so a new owner fences the old. */
export class TransactionalPublisher implements PartitionPublisher {
  private readonly producer: Producer;

  constructor(private readonly options: PublisherOptions) {
    const { kafka, groupId, topic, partition } = options;
    this.producer = kafka.producer({
      transactionalId: `${groupId}-${topic}-${partition}`,
      idempotent: true,
      maxInFlightRequests: 1,
      transactionTimeout: TRANSACTION_TIMEOUT_MS,
      retry: RETRY,
    });
  }

  /** `connect()` alone fences nobody: only beginning and aborting a transaction does. */
  async fence(): Promise<void> {
    await this.guard(async () => {
      await this.producer.connect();
      const transaction = await this.producer.transaction();
      await transaction.abort();
    });
  }

  async publish(records: readonly OutRecord[], next: CommittedOffset | null): Promise<void> {
    const { groupId, topic, partition } = this.options;
    await this.guard(async () => {
      const transaction = await this.producer.transaction();
      for (const part of parts(records)) await transaction.sendBatch({ topicMessages: this.byTopic(part) });
      if (next) {
        const offset = { partition, offset: String(next.offset), metadata: next.metadata };
        await transaction.sendOffsets({ consumerGroupId: groupId, topics: [{ topic, partitions: [offset] }] });
      }
      await transaction.commit();
    });
  }

  async close(): Promise<void> {
    await this.producer.disconnect();
  }

  private byTopic(records: readonly OutRecord[]) {
    const topics = new Map<string, Message[]>();
    for (const { topic, partition, key, value, headers, timestamp } of records) {
      let messages = topics.get(topic);
      if (!messages) topics.set(topic, (messages = []));
      const message: Message = { key, value, headers };
      if (partition !== null) message.partition = partition;
      if (timestamp !== null) message.timestamp = String(Math.floor(timestamp / 1000));
      messages.push(message);
    }
    return Array.from(topics, ([topic, messages]) => ({ topic: this.options.topicPrefix + topic, messages }));
  }

  private async guard(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (cause) {
      throw new InfrastructureError('log-unavailable', (cause as Error).message, { cause });
    }
  }
}
