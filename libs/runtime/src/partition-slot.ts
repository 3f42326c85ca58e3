import { InfrastructureError } from '@milepost/stream';
import type { Logger, LogRecord } from '@milepost/stream';
import type { PartitionOwner } from './partition-owner.js';

export interface SlotOptions {
  topic: string;
  partition: number;
  newOwner: () => PartitionOwner;
  logger: Logger;
  /** Reading has to go on at this offset. */
  seek: (offset: number) => void;
  pause: () => void;
  resume: () => void;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/**
 * One assigned partition. Everything that touches its owner happens one after the other. One rule for every error:
 * the owner is discarded and, while the partition is still ours, taken again after a pause; nothing is retried in
 * place, nothing is guessed.
 */
export class PartitionSlot {
  private owner: PartitionOwner | null = null;
  private position = 0;
  private work: Promise<unknown> = Promise.resolve();
  private released = false;
  private pauseMs = FIRST_PAUSE_MS;
  private retry: NodeJS.Timeout | undefined;
  stopped: InfrastructureError | null = null;

  constructor(private readonly options: SlotOptions) {
    void this.serialize(() => this.take());
  }

  get taken(): boolean {
    return this.owner !== null;
  }

  /** Takes in a batch. False when it was not taken in: the partition has to be read again from `position`. */
  apply(first: number, records: readonly LogRecord[], to: number): Promise<boolean> {
    return this.serialize(async () => {
      if (!this.owner) return false;
      if (first > this.position) {
        this.options.seek(this.position);
        return false;
      }
      return this.guard(async (owner) => {
        while (this.position < to) this.position = await owner.apply(records, to);
      });
    });
  }

  tick(wall: number): Promise<unknown> {
    return this.serialize(() => this.guard((owner) => owner.tick(wall)));
  }

  skipTo(offset: number): void {
    this.owner?.skipTo(offset);
  }

  /** The partition is no longer ours. */
  release(): Promise<void> {
    this.released = true;
    clearTimeout(this.retry);
    return this.serialize(() => this.discard());
  }

  private async take(): Promise<void> {
    if (this.released) return;
    const { topic, partition, logger, newOwner } = this.options;
    const owner = newOwner();
    this.owner = owner;
    await this.guard(async () => {
      this.position = await owner.take();
      this.pauseMs = FIRST_PAUSE_MS;
      this.options.seek(this.position);
      this.options.resume();
      logger.info({ topic, partition, offset: this.position }, 'Partition taken');
    });
  }

  private async guard(work: (owner: PartitionOwner) => Promise<void>): Promise<boolean> {
    if (!this.owner) return false;
    try {
      await work(this.owner);
      return true;
    } catch (error) {
      await this.fail(error as Error);
      return false;
    }
  }

  private async fail(error: Error): Promise<void> {
    const { topic, partition, logger, pause } = this.options;
    await this.discard();
    if (this.released) return;
    pause();
    if (error instanceof InfrastructureError && error.stops) {
      this.stopped = error;
      logger.error({ topic, partition, code: error.code }, error.message);
      return;
    }
    // A bug and a broken store look alike from here; both are said aloud, and neither skips a record.
    logger.warn({ topic, partition, error: error.message, again: this.pauseMs }, 'Partition lost, taking it again');
    this.retry = setTimeout(() => void this.serialize(() => this.take()), this.pauseMs);
    this.pauseMs = Math.min(2 * this.pauseMs, LONGEST_PAUSE_MS);
  }

  private async discard(): Promise<void> {
    const owner = this.owner;
    this.owner = null;
    await owner
      ?.close()
      .catch((error: Error) => this.options.logger.debug({ error: error.message }, 'Producer closed'));
  }

  private serialize<T>(work: () => Promise<T>): Promise<T> {
    const result = this.work.then(work);
    this.work = result.catch(() => undefined);
    return result;
  }
}
