import { InfrastructureError } from '@milepost/stream';
import type { Logger, LogRecord } from '@milepost/stream';
import type { PartitionOwner } from './partition-owner.js';
import type { Timers } from './timers.js';

export interface SlotOptions {
  topic: string;
  partition: number;
  newOwner: () => PartitionOwner;
  logger: Logger;
  timers: Timers;
  /** How long what waits may wait for more, unless it is much already: work that costs the same for one record or many. */
  gatherMs: number;
  /** Reading has to go on at this offset. */
  seek: (offset: number) => void;
  pause: () => void;
  resume: () => void;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** What may wait while more is fetched. */
const ROOM_BYTES = 262_144;

/** What was fetched and the owner has not begun with: in order, without gaps, so all of it becomes one batch. */
class Waiting {
  readonly records: LogRecord[] = [];
  bytes = 0;
  to = 0;
  /** Resolved when nothing of it waits any more. */
  readonly begun: Promise<void>;
  begin: () => void = () => undefined;

  constructor() {
    this.begun = new Promise((done) => (this.begin = done));
  }

  add(record: LogRecord): void {
    this.records.push(record);
    this.bytes += record.value?.length ?? 0;
  }
}

/**
 * One assigned partition. Everything that touches its owner happens one after the other, and reading goes on meanwhile.
 * One rule for every error: the owner is discarded with all that waits and, while the partition is still ours, taken
 * again after a pause; nothing is retried in place, nothing is guessed.
 */
export class PartitionSlot {
  private owner: PartitionOwner | null = null;
  taken = false;
  /** Where the owner goes on. */
  private position = 0;
  /** Everything below was taken in or waits, though it may have been nothing for the owner (control records). */
  private readTo = 0;
  private waiting = new Waiting();
  private workIsPlanned = false;
  private callOffGathering: (() => void) | null = null;
  private work: Promise<unknown> = Promise.resolve();
  private released = false;
  private ticking = false;
  private pauseMs = FIRST_PAUSE_MS;
  private callOffRetry: () => void = () => undefined;
  /** Why the partition stands still until somebody repairs something. */
  alarm: InfrastructureError | null = null;

  constructor(private readonly options: SlotOptions) {
    void this.serialize(() => this.take());
  }

  /**
   * What was fetched from offset `from` up to `to` waits for the owner from here on. Resolves when there is room for
   * more; false: it does not wait, and is fetched again.
   */
  async accept(from: number, records: readonly LogRecord[], to: number): Promise<boolean> {
    if (!this.taken) await this.work;
    if (!this.taken) return false;
    if (from > this.readTo) {
      this.readAgain();
      return false;
    }
    const { waiting } = this;
    for (const record of records) if (record.offset >= this.readTo) waiting.add(record);
    this.waitUpTo(to);
    if (waiting.bytes > ROOM_BYTES) await waiting.begun;
    return true;
  }

  /** A new generation of the group reads from C; we go on where we stand, which may be before or after it. */
  rejoin(): void {
    void this.serialize(() => {
      if (this.taken) this.readAgain();
      return Promise.resolve();
    });
  }

  /** One that is still waiting or at work is enough: ticks that take longer than they are apart would hold up records. */
  async tick(wall: number): Promise<void> {
    if (this.ticking) return;
    this.ticking = true;
    await this.serialize(() => this.guard((owner) => owner.tick(wall))).finally(() => (this.ticking = false));
  }

  /** The log holds no record for us between these offsets. Known in its turn: the owner must not see past what waits. */
  skip(from: number, to: number): void {
    if (this.taken && from <= this.readTo) this.waitUpTo(to);
  }

  /** The partition is no longer ours. */
  release(): Promise<void> {
    this.released = true;
    this.callOffRetry();
    return this.serialize(() => this.discard());
  }

  private async take(): Promise<void> {
    if (this.released) return;
    const { topic, partition, logger, newOwner } = this.options;
    const owner = newOwner();
    this.owner = owner;
    await this.guard(async () => {
      this.position = this.readTo = await owner.take();
      this.taken = true;
      this.pauseMs = FIRST_PAUSE_MS;
      this.alarm = null;
      if (this.released) return;
      this.readAgain();
      this.options.resume();
      logger.info({ topic, partition, offset: this.position }, 'Partition taken');
    });
  }

  /** The reader is shared with whoever has the partition in this process next: a released slot leaves it alone. */
  private readAgain(): void {
    if (!this.released) this.options.seek(this.readTo);
  }

  private waitUpTo(to: number): void {
    this.waiting.to = this.readTo = Math.max(this.readTo, to);
    const { gatherMs, timers } = this.options;
    if (gatherMs === 0 || this.waiting.bytes > ROOM_BYTES) this.planWork();
    else this.callOffGathering ??= timers.after(gatherMs, () => this.planWork());
  }

  private planWork(): void {
    if (this.workIsPlanned) return;
    this.workIsPlanned = true;
    void this.serialize(() => this.takeIn());
  }

  private endWaiting(): Waiting {
    const { waiting } = this;
    this.waiting = new Waiting();
    this.callOffGathering?.();
    this.callOffGathering = null;
    waiting.begin();
    return waiting;
  }

  private async takeIn(): Promise<void> {
    this.workIsPlanned = false;
    const { records, to } = this.endWaiting();
    if (this.released) return;
    await this.guard(async (owner) => {
      if (records.length === 0) owner.skipTo(to);
      else while (this.position < to) this.position = await owner.apply(records, to);
    });
  }

  private async guard(work: (owner: PartitionOwner) => Promise<void>): Promise<void> {
    if (!this.owner) return;
    try {
      await work(this.owner);
    } catch (error) {
      await this.fail(error as Error);
    }
  }

  private async fail(error: Error): Promise<void> {
    const { topic, partition, logger, pause, timers } = this.options;
    await this.discard();
    if (this.released) return;
    pause();
    if (error instanceof InfrastructureError && error.stops) {
      // Asked again all the same: it may have been repaired, or we looked while a newer owner was at work.
      this.alarm = error;
      this.pauseMs = LONGEST_PAUSE_MS;
      logger.error({ topic, partition, code: error.code, again: this.pauseMs }, error.message);
    } else {
      // A bug and a broken store look alike from here; both are said aloud, and neither skips a record.
      logger.warn({ topic, partition, error: error.message, again: this.pauseMs }, 'Partition lost, taking it again');
    }
    this.callOffRetry = timers.after(this.pauseMs, () => void this.serialize(() => this.take()));
    this.pauseMs = Math.min(2 * this.pauseMs, LONGEST_PAUSE_MS);
  }

  private async discard(): Promise<void> {
    const owner = this.owner;
    this.owner = null;
    this.taken = false;
    this.endWaiting();
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
