import type { LogRecord } from '@milepost/stream';

/** What one instance does with one partition for as long as it owns it. Created anew for every taking. */
export interface PartitionOwner {
  /** Fences earlier owners and recovers what they left; the offset to read from. */
  take(): Promise<number>;
  /** Takes in the records up to `to` (exclusive); the offset to read from next. */
  apply(records: readonly LogRecord[], to: number): Promise<number>;
  /** Called every moment, also when no record comes. `wall` was read before the ends of the log were asked for. */
  tick(wall: number): Promise<void>;
  /** The log up to here holds no more records for this reader (control records, compaction). */
  skipTo(offset: number): void;
  close(): Promise<void>;
}
