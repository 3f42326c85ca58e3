import { formatTime, TOPICS, VIOLATION_CODES } from '@milepost/contracts';
import type { RowMapping, TableRows } from '@milepost/clickhouse';
import { headerText } from '@milepost/stream';
import type { LogRecord } from '@milepost/stream';
import { erasuresOf, isMarker, placeOf } from './erasures.js';
import { sourceOffset } from './source-offset.js';

const COLUMNS = [
  'source_partition',
  'source_offset',
  'record_key',
  'codes',
  'message',
  'received_at',
  'value_bytes',
  'topic_partition',
  'topic_offset',
];

const CODES = new Set<unknown>(VIOLATION_CODES);

/**
 * Each rejected record as one row: where it stood, what was wrong. Its bytes stay in the topic. A rejected record keeps
 * the headers that it came with, those of Kafka Connect's names too: what they say may be the sender's words, so no
 * number is taken from them. It stays in its partition, and its offset is in the host's own header.
 */
export const rejectedRows: RowMapping = {
  schemaVersion: 'rejected-1',
  toRows: (records) => {
    const rows = records.filter((record) => !isMarker(record)).map(row);
    const table: TableRows = { table: 'milepost.rejected', columns: COLUMNS, rows };
    return [table];
  },
  toErasures: (records) =>
    erasuresOf(records).map(({ record, control: { account } }) => ({
      kind: 'rejected',
      ...placeOf(record, TOPICS.rejected, account),
    })),
};

function row(record: LogRecord): unknown[] {
  const header = (name: string): string => headerText(record.headers, name) ?? '';
  return [
    record.partition,
    sourceOffset(record),
    record.key?.toString('utf8') ?? '',
    codesOf(header('milepost.violations'), header('__connect.errors.exception.class.name')),
    header('__connect.errors.exception.message'),
    formatTime(record.timestamp),
    record.value?.length ?? 0,
    record.partition,
    record.offset,
  ];
}

/** The list may have been cut to fit a header; the first code always stands in a header of its own. */
function codesOf(violations: string, first: string): string[] {
  return [...new Set([first, ...listed(violations)])].filter((code) => CODES.has(code)) as string[];
}

function listed(violations: string): unknown[] {
  try {
    return (JSON.parse(violations) as { code: unknown }[]).map(({ code }) => code);
  } catch {
    return [];
  }
}
