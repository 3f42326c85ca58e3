import type { Micros } from '@milepost/contracts';

export type HeaderValue = Buffer | string;

/** A record as it stands in the log, before anyone has decided what it means. */
export interface LogRecord {
  topic: string;
  partition: number;
  offset: number;
  /** Receive time: the record's timestamp. */
  timestamp: Micros;
  key: Buffer | null;
  value: Buffer | null;
  headers: Record<string, HeaderValue | HeaderValue[] | undefined>;
}

/** A record on its way into the log. */
export interface OutRecord {
  /** Logical topic name; the adapter puts the deployment's prefix before it. */
  topic: string;
  /** Fixed partition, or null: by the key's hash. */
  partition: number | null;
  key: Buffer | null;
  value: Buffer | null;
  headers: Record<string, HeaderValue>;
  /** Null: the moment of sending. */
  timestamp: Micros | null;
}

/** One header as text; of a repeated header the last. */
export function headerText(headers: LogRecord['headers'], name: string): string | undefined {
  const value = headers[name];
  const single = Array.isArray(value) ? value.at(-1) : value;
  return single === undefined ? undefined : single.toString();
}
