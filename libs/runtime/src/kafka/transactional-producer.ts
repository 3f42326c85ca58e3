import type { CommittedOffset, OutRecord } from '@milepost/stream';
import { InfrastructureError } from '@milepost/stream';
import kafkajs from 'kafkajs'; // Node finds only some of its exports by name, and not this class.
import type { Kafka, Message, Producer, Transaction } from 'kafkajs';
import type { Timers } from '../timers.js';
import { ANSWER_MS, inTime } from './in-time.js';

export interface ProducerOptions {
  kafka: Pick<Kafka, 'producer'>;
  groupId: string;
  topicPrefix: string;
  timers: Timers;
}

/** An offset of the group's, of a partition of an input topic (its full name). */
export interface InputOffset extends CommittedOffset {
  topic: string;
  partition: number;
}

/** Back-to-back transactions meet CONCURRENT_TRANSACTIONS and sleep this long: the default of 300 ms ruins latency. */
const RETRY = { initialRetryTime: 5, maxRetryTime: 1_000, retries: 10 };
const CLOSE_MS = 5_000;

/** kafkajs makes one batch of what one send holds for a partition, and a batch may not be larger than a message may. */
const MAX_BATCH_BYTES = 524_288;
/** Of one send to all partitions: requests in memory at once, here and in the broker. */
const MAX_SEND_BYTES = 4_194_304;
/** What a record, or one of its headers, takes beside what it says. */
const FRAME_BYTES = 16;

/** Headers count as the rest does: those of a rejection are larger than most of what is rejected. */
function bytesOf({ key, value, headers }: OutRecord): number {
  let bytes = FRAME_BYTES + (key?.length ?? 0) + (value?.length ?? 0);
  for (const [name, text] of Object.entries(headers)) {
    bytes += FRAME_BYTES + name.length + (typeof text === 'string' ? Buffer.byteLength(text) : text.length);
  }
  return bytes;
}

/** Where a topic's records go by their keys they count as if all went to one partition. */
function* parts(records: readonly OutRecord[]): Generator<OutRecord[]> {
  let part: OutRecord[] = [];
  let bytes = 0;
  const batches = new Map<string, number[]>();
  for (const record of records) {
    const size = bytesOf(record);
    const place = record.partition === null ? 0 : record.partition + 1;
    let held = batches.get(record.topic)?.[place] ?? 0;
    if (part.length > 0 && (held + size > MAX_BATCH_BYTES || bytes + size > MAX_SEND_BYTES)) {
      yield part;
      part = [];
      bytes = held = 0;
      batches.clear();
    }
    let ofTopic = batches.get(record.topic);
    if (!ofTopic) batches.set(record.topic, (ofTopic = []));
    ofTopic[place] = held + size;
    part.push(record);
    bytes += size;
  }
  if (part.length > 0) yield part;
}

/** A producer whose transactions end when another one begins under its id. Nothing may be asked of it after an error. */
export class TransactionalProducer {
  private readonly producer: Producer;

  constructor(
    readonly id: string,
    private readonly options: ProducerOptions,
  ) {
    this.producer = options.kafka.producer({
      transactionalId: id,
      idempotent: true,
      // What is sent, one request after the other, and the offsets beside it.
      maxInFlightRequests: 2,
      transactionTimeout: ANSWER_MS,
      retry: RETRY,
    });
  }

  /**
   * Ends what an earlier producer of this id left open; from here on that one can commit nothing. `connect()` alone
   * fences nobody: only beginning and aborting a transaction does.
   */
  async begin(): Promise<void> {
    await this.guard(async () => {
      await this.producer.connect();
      const transaction = await this.producer.transaction();
      await transaction.abort();
    });
  }

  /** One transaction. */
  async publish(records: readonly OutRecord[], offsets: readonly InputOffset[]): Promise<void> {
    await this.guard(async () => {
      const transaction = await this.producer.transaction();
      await Promise.all([this.sendRecords(transaction, records), this.sendOffsets(transaction, offsets)]);
      await transaction.commit();
    });
  }

  async close(): Promise<void> {
    await inTime(this.options.timers, this.producer.disconnect(), CLOSE_MS);
  }

  private async sendRecords(transaction: Transaction, records: readonly OutRecord[]): Promise<void> {
    for (const part of parts(records)) await transaction.sendBatch({ topicMessages: this.byTopic(part) });
  }

  /**
   * The broker may still be ending the transaction before. kafkajs waits for that when records are sent, and does not
   * when offsets are; the broker has done nothing when it says so, so asking again is no guess.
   */
  private async sendOffsets(transaction: Transaction, offsets: readonly InputOffset[]): Promise<void> {
    if (offsets.length === 0) return;
    const sent = { consumerGroupId: this.options.groupId, topics: offsetsByTopic(offsets) };
    for (let wait = RETRY.initialRetryTime; ; wait *= 2) {
      try {
        return await transaction.sendOffsets(sent);
      } catch (error) {
        const concurrent = error instanceof kafkajs.KafkaJSProtocolError && error.type === 'CONCURRENT_TRANSACTIONS';
        if (!concurrent || wait > RETRY.maxRetryTime) throw error;
        await new Promise<void>((done) => this.options.timers.after(wait, done));
      }
    }
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
      await inTime(this.options.timers, work());
    } catch (cause) {
      throw new InfrastructureError('log-unavailable', (cause as Error).message, { cause });
    }
  }
}

function offsetsByTopic(offsets: readonly InputOffset[]) {
  const topics = new Map<string, { partition: number; offset: string; metadata: string }[]>();
  for (const { topic, partition, offset, metadata } of offsets) {
    let partitions = topics.get(topic);
    if (!partitions) topics.set(topic, (partitions = []));
    partitions.push({ partition, offset: String(offset), metadata });
  }
  return Array.from(topics, ([topic, partitions]) => ({ topic, partitions }));
}
