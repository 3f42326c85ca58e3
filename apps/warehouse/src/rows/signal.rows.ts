import type { Trigger } from '@milepost/contracts';
import type { RowMapping, TableRows } from '@milepost/clickhouse';
import { headerText, POSITION_HEADER } from '@milepost/stream';
import type { LogRecord } from '@milepost/stream';

const COLUMNS = [
  'account_id',
  'signal',
  'trigger',
  'id',
  'status',
  'at',
  'reasons',
  'ended',
  'resolution',
  'live',
  'severity',
  'probability',
  'evidence',
  'milestones',
  'segment',
  'plan_version',
  'model_version',
  'data_quality',
  'journey_offset',
  'topic_partition',
  'topic_offset',
];

/** Each record of a signal topic as one row. A tombstone says nothing that a row could keep. */
export const signalRows: RowMapping = {
  schemaVersion: 'signals-1',
  toRows: (records) => {
    const table: TableRows = { table: 'milepost.signals', columns: COLUMNS, rows: [] };
    for (const record of records) {
      if (record.value !== null) table.rows.push(row(JSON.parse(record.value.toString('utf8')) as Trigger, record));
    }
    return [table];
  },
};

function row(trigger: Trigger, record: LogRecord): unknown[] {
  return [
    trigger.account,
    trigger.signal,
    trigger.trigger,
    trigger.id,
    trigger.status,
    trigger.at,
    trigger.reasons,
    trigger.ended,
    trigger.resolution ?? '',
    trigger.live,
    trigger.severity,
    trigger.probability,
    trigger.evidence,
    trigger.milestones,
    trigger.segment,
    trigger.planVersion,
    trigger.modelVersion ?? '',
    trigger.dataQuality,
    journeyOffset(record),
    record.partition,
    record.offset,
  ];
}

/** topology/topic/partition/offset/index, written by the host. */
const journeyOffset = (record: LogRecord): number =>
  Number(headerText(record.headers, POSITION_HEADER)?.split('/')[3] ?? 0);
