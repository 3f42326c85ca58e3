import type { Micros } from '@milepost/contracts';
import type { LogRecord, OutRecord } from './log-record.js';
import type { OutboxBatch } from './outbox.js';

/** Structured logging as every adapter sees it; `fields` become JSON. Secrets and event contents never go in. */
export interface Logger {
  debug(fields: Record<string, unknown>, message: string): void;
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

/** Numbers about a running host. Labels are of low cardinality: never an account. */
export interface Metrics {
  count(name: string, labels: Record<string, string>, by?: number): void;
  gauge(name: string, labels: Record<string, string>, value: number): void;
  observe(name: string, labels: Record<string, string>, seconds: number): void;
}

/** Offsets `[from, to)` of one partition that are written as one, once. */
export interface FrozenRange {
  topic: string;
  partition: number;
  from: number;
  to: number;
  /** Names the tables and their columns; a pending range is repeated in the version that froze it, or refused. */
  schemaVersion: string;
}

/** Writes ranges of a log to a store. Writing the same range again must change nothing. */
export interface RangeWriter {
  readonly schemaVersion: string;
  write(range: FrozenRange, records: readonly LogRecord[]): Promise<void>;
  ping(): Promise<void>;
}

/** What a new owner of a partition finds in the store. */
export interface StoredPartition {
  /** R: the next input offset to apply; null when nothing is stored. */
  next: number | null;
  clock: Micros;
  outbox: OutboxBatch[];
  due: [account: string, due: Micros][];
  /** Hashes of forgotten accounts. */
  forgotten: string[];
  /** Control records below this sequence number have been applied. */
  control: number;
  tally: Record<string, number>;
}

/** One batch `[from, to)`, stored in one atomic step or not at all. */
export interface Commit {
  from: number;
  to: number;
  /** As a `StatePack` holds them. The store is done with it when the commit has ended. */
  states: Buffer;
  due: [account: string, due: Micros | null][];
  /** Their states are deleted, after `states` and `due` were written; the hash is kept. */
  forgotten: [account: string, hash: string][];
  control: number;
  /** Null when nothing has to be published. */
  outbox: Buffer | null;
  /** Outbox batches that end at or below this offset are confirmed by Kafka. */
  confirmed: number;
  clock: Micros;
  tally: Record<string, number>;
}

/**
 * State of one topology's partitions outside Kafka. Each call names the owner's token and, where it matters, the
 * offset it stands at; the store refuses with `ownership-lost` when they are not what it holds.
 */
export interface StateStore {
  takeOver(partition: number, token: string): Promise<StoredPartition>;
  /** Sets R where none is stored. */
  begin(partition: number, token: string, next: number): Promise<void>;
  load(partition: number, token: string, next: number, accounts: readonly string[]): Promise<(Buffer | null)[]>;
  commit(partition: number, token: string, commit: Commit): Promise<void>;
  /** Also lets go of outbox batches that end at or below `confirmed`. */
  probe(partition: number, token: string, next: number, confirmed: number): Promise<void>;
  /** Keeps the schema that states are written with beside them. Repeats change nothing. */
  publishSchema(schema: string): Promise<void>;
  /** Every schema that states here may have been written with. */
  schemas(): Promise<string[]>;
}

export interface CommittedOffset {
  offset: number;
  metadata: string;
}

/** The group's committed offsets and the log's ends, as the brokers tell them now. */
export interface LogReader {
  /** C; null when the group has committed nothing for the partition. */
  committed(topic: string, partition: number): Promise<CommittedOffset | null>;
  bounds(topic: string, partition: number): Promise<{ low: number; high: number }>;
}

/** What operators wrote to the control log. Its records stay as they are for ever. */
export interface ControlLog {
  /** The next sequence number. */
  end(): Promise<number>;
  /** A record, byte by byte; null when there is none of this number. Throws when that can't be told now. */
  read(sequence: number): Promise<Buffer | null>;
}

/** A partition's own transactional producer. */
export interface PartitionPublisher {
  /** Ends what an earlier owner left open; from here on it can commit nothing. */
  fence(): Promise<void>;
  /** One transaction: all records, and the input offset where one is given. */
  publish(records: readonly OutRecord[], next: CommittedOffset | null): Promise<void>;
  close(): Promise<void>;
}

/**
 * Infrastructure faults: a closed list of codes, each with what to do. The host pauses and takes the partition again;
 * a `stop` code is beyond repair by waiting and raises an alarm instead.
 */
export const INFRASTRUCTURE_CODES = {
  'store-unavailable': 'Check that Redis answers and accepts writes; the partition resumes by itself.',
  'ownership-lost': 'Another instance owns the partition now; nothing to do.',
  'log-unavailable': 'Check that the Kafka brokers answer; the partition resumes by itself.',
  'warehouse-unavailable': 'Check that ClickHouse answers and accepts writes; the partition resumes by itself.',
  'state-missing': 'Kafka says that records were processed, but Redis has no state: run `milepost rebuild`.',
  'offset-missing': 'Redis has state but Kafka no committed offset: is this the right group? Otherwise rebuild.',
  'log-truncated': 'Records that the state still needs are gone from the log: run `milepost rebuild`.',
  'log-behind': 'The state has read further than the log reaches: is this the right cluster? Otherwise rebuild.',
  'state-unknown':
    'A state was written by a version that left no schema, or by one that ours cannot be resolved with: start that version, or run `milepost rebuild`.',
  'control-missing': 'Control records are gone from the control topic, which must keep them for ever: restore it.',
  'control-unknown': 'A control record is of a kind that this version does not know: start a newer one.',
  'model-missing':
    'A model that control activated is not on the models topic: restore the topic, or activate another model.',
  'model-unknown':
    'A model that control activated cannot be scored by this version: start one that can, or activate another model.',
  'schema-unknown': 'A pending range was frozen by a version this build does not know: start that version once.',
} as const;
export type InfrastructureCode = keyof typeof INFRASTRUCTURE_CODES;
const STOPPING: readonly InfrastructureCode[] = [
  'state-missing',
  'offset-missing',
  'log-truncated',
  'log-behind',
  'state-unknown',
  'control-missing',
  'control-unknown',
  'model-missing',
  'model-unknown',
  'schema-unknown',
];

export class InfrastructureError extends Error {
  constructor(
    readonly code: InfrastructureCode,
    detail: string,
    options?: { cause?: unknown },
  ) {
    super(`${code}: ${detail} ${INFRASTRUCTURE_CODES[code]}`, options);
  }

  get stops(): boolean {
    return STOPPING.includes(this.code);
  }
}
