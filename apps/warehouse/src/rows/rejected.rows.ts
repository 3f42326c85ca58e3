import { formatTime } from '@milepost/contracts';
import type { Violation } from '@milepost/contracts';
import type { RowMapping, TableRows } from '@milepost/clickhouse';
import { headerText } from '@milepost/stream';
import type { LogRecord } from '@milepost/stream';

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

/** Each rejected record as one row: where it stood, what was wrong. Its bytes stay in the topic. */
export const rejectedRows: RowMapping = {
  schemaVersion: 'rejected-1',
  toRows: (records) => {
    const table: TableRows = { table: 'milepost.rejected', columns: COLUMNS, rows: records.map(row) };
    return [table];
  },
};

function row(record: LogRecord): unknown[] {
  const header = (name: string): string => headerText(record.headers, name) ?? '';
  return [
    Number(header('__connect.errors.partition')),
    Number(header('__connect.errors.offset')),
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
  try {
    return [...new Set((JSON.parse(violations) as Violation[]).map(({ code }) => code))];
  } catch {
    return [first];
  }
}
