import { formatTime, journeyPageCodec, TOPICS } from '@milepost/contracts';
import type { Fact, Micros } from '@milepost/contracts';
import type { RowMapping, TableRows } from '@milepost/clickhouse';
import type { LogRecord } from '@milepost/stream';
import { erasuresOf, isMarker, placeOf } from './erasures.js';

const EVENT_COLUMNS = [
  'account_id',
  'type',
  'source',
  'event_id',
  'occurred_at',
  'received_at',
  'outcome',
  'user_id',
  'product_line',
  'plan_tier',
  'company_size',
  'industry',
  'region',
  'acquisition_channel',
  'properties',
  'plan_version',
  'source_partition',
  'source_offset',
  'journey_offset',
  'journey_index',
];

const MILESTONE_COLUMNS = [
  'account_id',
  'milestone',
  'reached_at',
  'previous',
  'received_at',
  'event_source',
  'event_id',
  'source_partition',
  'journey_offset',
  'journey_index',
  'change_index',
];

const STREAM_TIME_COLUMNS = ['source_partition', 'journey_offset', 'clock'];

/** A journey page: a row for each accepted event, for each change of a milestone, and for the clock that it carries. */
export const journeyRows: RowMapping = {
  schemaVersion: 'journey-2',
  toRows: (records) => {
    const events: TableRows = { table: 'milepost.events', columns: EVENT_COLUMNS, rows: [] };
    const milestones: TableRows = { table: 'milepost.milestones', columns: MILESTONE_COLUMNS, rows: [] };
    const clocks: TableRows = { table: 'milepost.stream_time', columns: STREAM_TIME_COLUMNS, rows: [] };
    for (const record of records) {
      if (isMarker(record)) continue;
      const where = `Journey page at partition ${record.partition}, offset ${record.offset}`;
      const page = journeyPageCodec.decodeOwn(record.value ?? Buffer.alloc(0), where);
      page.facts.forEach((fact, index) => {
        events.rows.push(eventRow(fact, page.planVersion, record, index));
        milestones.rows.push(...milestoneRows(fact, record, index));
      });
      if (page.clock !== null) clocks.rows.push([record.partition, record.offset, timeOf(page.clock)]);
    }
    return [events, milestones, clocks];
  },
  toErasures: (records) =>
    erasuresOf(records).map(({ record, control }) => ({
      kind: 'journey',
      control,
      ...placeOf(record, TOPICS.journey, control.account),
    })),
};

/** ClickHouse takes an integer of so many digits for ticks of the column, which saves both sides the work of a text. */
const TICKS_FROM: Micros = 1e15;
const timeOf = (at: Micros): Micros | string => (at >= TICKS_FROM ? at : formatTime(at));

function eventRow(
  { event, receivedAt, sourceOffset }: Fact,
  planVersion: string,
  record: LogRecord,
  index: number,
): unknown[] {
  const { context } = event;
  return [
    event.accountId,
    event.type,
    event.source,
    event.id,
    timeOf(event.occurredAt),
    timeOf(receivedAt),
    event.outcome,
    event.userId ?? '',
    event.productLine ?? '',
    context?.planTier ?? '',
    context?.companySize ?? null,
    context?.industry ?? '',
    context?.region ?? '',
    context?.acquisitionChannel ?? '',
    JSON.stringify(event.properties),
    planVersion,
    record.partition,
    sourceOffset,
    record.offset,
    index,
  ];
}

function milestoneRows({ event, receivedAt, changes }: Fact, record: LogRecord, index: number): unknown[][] {
  return changes.map(({ milestone, at, previous }, change) => [
    event.accountId,
    milestone,
    at === null ? null : timeOf(at),
    previous === null ? null : timeOf(previous),
    timeOf(receivedAt),
    event.source,
    event.id,
    record.partition,
    record.offset,
    index,
    change,
  ]);
}
