import type { Trigger } from '@milepost/contracts';
import type { RowMapping, TableRows } from '@milepost/clickhouse';
import { signalTopic } from '@milepost/onboarding';
import type { LogRecord } from '@milepost/stream';
import { isMarker, placeOf } from './erasures.js';
import { sourceOffset } from './source-offset.js';

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

/** Each record of a signal topic as one row. A tombstone ends its account. */
export const signalRows: RowMapping = {
  schemaVersion: 'signals-1',
  toRows: (records) => {
    const table: TableRows = { table: 'milepost.signals', columns: COLUMNS, rows: [] };
    for (const record of records) {
      if (record.value !== null) table.rows.push(row(triggerOf(record, record.value), record));
    }
    return [table];
  },
  toErasures: (records) =>
    records.filter(isMarker).map((record) => {
      const signal = signalOf(record);
      return { kind: 'signals', signal, ...placeOf(record, signalTopic(signal), record.key?.toString('utf8') ?? '') };
    }),
};

/** The topic's name ends with the signal's, whatever its prefix. */
const signalOf = ({ topic }: LogRecord): string =>
  topic.slice(topic.lastIndexOf(signalTopic('')) + signalTopic('').length);

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
    sourceOffset(record),
    record.partition,
    record.offset,
  ];
}

/** Only we write to these topics: what is no JSON there is damage, and is told by its place, not by its words. */
function triggerOf({ topic, partition, offset }: LogRecord, value: Buffer): Trigger {
  try {
    return JSON.parse(value.toString('utf8')) as Trigger;
  } catch {
    throw new Error(
      `Trigger at ${topic}/${partition}, offset ${offset} is not JSON; only the signals service may write there.`,
    );
  }
}
