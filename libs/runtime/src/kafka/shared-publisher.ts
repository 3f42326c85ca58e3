import { randomUUID } from 'node:crypto';
import { InfrastructureError } from '@milepost/stream';
import type { CommittedOffset, OutRecord, PartitionPublisher } from '@milepost/stream';
import { inTime } from './in-time.js';
import type { LogAdmin } from './log-admin.js';
import { marked } from './publisher-mark.js';
import type { MarkedOffset } from './publisher-mark.js';
import { SharedProducer } from './shared-producer.js';
import type { ProducerOptions } from './transactional-producer.js';
import { TransactionalProducer } from './transactional-producer.js';

const LOOK_AGAIN_MS = 5;
/** A commit that isn't seen by then never will be: its owner has been fenced. */
const SEEN_MS = 5_000;

export interface PublishersOptions extends ProducerOptions {
  log: Pick<LogAdmin, 'marked'>;
}

/** The producer that a process's partitions share, made anew when it has failed. */
export class SharedPublishers {
  private current: SharedProducer | null = null;
  private beginning: Promise<SharedProducer> | null = null;
  /** Producers of others, or of our own past, that publish nothing any more. */
  private readonly ended = new Map<string, Promise<void>>();

  constructor(private readonly options: PublishersOptions) {}

  /** `topic`: its full name. */
  publisherOf(topic: string, partition: number): PartitionPublisher {
    return new SharedPublisher(topic, partition, this, this.options);
  }

  /** Has begun before anyone hears of its id: who ends it by that id ends it for good. */
  producer(): Promise<SharedProducer> {
    if (this.current && !this.current.failed) return Promise.resolve(this.current);
    this.beginning ??= this.begin().finally(() => (this.beginning = null));
    return this.beginning;
  }

  /** An id is used by one producer, once: so one that was ended stays so. */
  end(id: string): Promise<void> {
    let ending = this.ended.get(id);
    if (!ending) {
      ending = this.endNow(id);
      this.ended.set(id, ending);
      ending.catch(() => this.ended.delete(id));
    }
    return ending;
  }

  async close(): Promise<void> {
    await this.current?.close();
  }

  private async begin(): Promise<SharedProducer> {
    const producer = new SharedProducer(`${this.options.groupId}-${randomUUID()}`, this.options);
    await producer.begin();
    this.current = producer;
    return producer;
  }

  private async endNow(id: string): Promise<void> {
    const producer = new TransactionalProducer(id, this.options);
    await producer.begin();
    producer.close().catch(() => undefined);
  }
}

/**
 * Publishes for one partition through the process's shared producer. That producer doesn't belong to the partition, so
 * fencing takes two steps. The partition's own producer, whose id names group, topic and partition, ends every other
 * process that is taking the partition; and the id of the producer which publishes for it stands with the committed
 * offset, written by the own producer before anything is published, so that whoever takes the partition next can end that
 * one too.
 */
class SharedPublisher implements PartitionPublisher {
  private readonly own: TransactionalProducer;
  /** The producer that stands with the committed offset. */
  private shared: SharedProducer | null = null;
  private last: CommittedOffset | null = null;

  constructor(
    private readonly topic: string,
    private readonly partition: number,
    private readonly publishers: SharedPublishers,
    private readonly options: PublishersOptions,
  ) {
    this.own = new TransactionalProducer(`${options.groupId}-${topic}-${partition}`, options);
  }

  async fence(): Promise<void> {
    await this.own.begin();
    const before = await this.committed();
    if (before?.publisher) await this.publishers.end(before.publisher);
    // Only now: a commit that was under way is decided by the ending.
    const committed = await this.committed();
    if (committed) await this.register([], committed);
  }

  async publish(records: readonly OutRecord[], next: CommittedOffset | null): Promise<void> {
    const { shared, topic, partition } = this;
    if (!shared) {
      // Nothing was ever committed here, so nobody could tell the next owner who publishes.
      await (next ? this.register(records, next) : this.own.publish(records, []));
      return;
    }
    const metadata = next && marked(shared.id, next.metadata);
    await shared.publish(records, next ? [{ topic, partition, offset: next.offset, metadata: metadata! }] : []);
    this.last = next ?? this.last;
  }

  async close(): Promise<void> {
    await this.release().catch(() => undefined);
    await this.own.close();
  }

  private async register(records: readonly OutRecord[], { offset, metadata }: CommittedOffset): Promise<void> {
    const { topic, partition } = this;
    const shared = await this.publishers.producer();
    const mark = marked(shared.id, metadata);
    await this.own.publish(records, [{ topic, partition, offset, metadata: mark }]);
    this.last = { offset, metadata };
    if (!(await this.seen(shared.id, this.last)))
      throw new InfrastructureError('ownership-lost', `${topic}/${partition}:`);
    this.shared = shared;
  }

  /** Takes the mark off, so that the next owner doesn't have to end a producer which others are served by. */
  private async release(): Promise<void> {
    const { shared, last, topic, partition } = this;
    if (!shared || shared.failed || !last) return;
    if (await this.seen(shared.id, last)) await this.own.publish([], [{ topic, partition, ...last }]);
  }

  /**
   * A commit is answered before it is seen. Two producers move this offset, and what the first was told is done must not
   * be done behind what the second does. False: another owner has taken the partition, after us.
   */
  private async seen(publisher: string, { offset, metadata }: CommittedOffset): Promise<boolean> {
    const { timers } = this.options;
    let over = false;
    const look = async (): Promise<boolean> => {
      while (!over) {
        const found = await this.committed();
        if (found?.publisher === publisher && found.offset === offset && found.metadata === metadata) return true;
        if (this.shared && found?.publisher !== publisher) return false;
        await new Promise<void>((done) => timers.after(LOOK_AGAIN_MS, done));
      }
      return false;
    };
    return inTime(timers, look(), SEEN_MS).finally(() => (over = true));
  }

  private committed(): Promise<MarkedOffset | null> {
    return this.options.log.marked(this.topic, this.partition);
  }
}
