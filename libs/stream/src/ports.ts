import type { LogRecord } from './log-record.js';

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
  'log-truncated': 'Records that the state still needs are gone from the log: run `milepost rebuild`.',
  'log-behind': 'The state has read further than the log reaches: is this the right cluster? Otherwise rebuild.',
  'schema-unknown': 'A pending range was frozen by a version this build does not know: start that version once.',
} as const;
export type InfrastructureCode = keyof typeof INFRASTRUCTURE_CODES;
const STOPPING: readonly InfrastructureCode[] = ['state-missing', 'log-truncated', 'log-behind', 'schema-unknown'];

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
