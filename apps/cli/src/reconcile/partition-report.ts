import type { EventCount, RejectedCount, SignalCount } from '@milepost/clickhouse';
import { tombstonesOf } from '@milepost/onboarding';
import type { Position } from './positions.js';

/** One partition, seen from Kafka, Redis and ClickHouse. */
export interface PartitionReport {
  partition: number;
  records: number;
  accepted: number;
  duplicates: number;
  rejected: number;
  misplaced: number;
  /** Events that came of accounts after they were erased. */
  erased: number;
  /** Markers of control records. */
  markers: number;
  rows: number;
  rejectedRows: number;
  triggers: number;
  triggerRows: number;
  problems: string[];
}

export interface Rows {
  events: EventCount[];
  doubled: { partition: number; doubled: number }[];
  rejected: RejectedCount[];
  signals: SignalCount[];
}

/** Adds one partition up; every sum that does not come out is named with what was found and what is wanted. */
export function reportPartition({ partition, source, milestones, signals }: Position, rows: Rows): PartitionReport {
  const problems: string[] = [];
  const expect = (what: string, found: number, wanted: number): void => {
    if (found !== wanted) problems.push(`${what}: found ${found}, want ${wanted}`);
  };
  const events = rows.events.find((one) => one.partition === partition);
  const bad = rows.rejected.find((one) => one.partition === partition);
  const sent = rows.signals.filter((one) => one.partition === partition);
  const emitted = Object.entries(signals).filter(([name]) => isTrigger(name));
  const report: PartitionReport = {
    partition,
    records: milestones['records'] ?? 0,
    accepted: milestones['sink:journey'] ?? 0,
    duplicates: milestones['duplicate'] ?? 0,
    rejected: milestones['rejected'] ?? 0,
    misplaced: milestones['misplaced'] ?? 0,
    erased: milestones['erased'] ?? 0,
    markers: milestones['control'] ?? 0,
    rows: events?.rows ?? 0,
    rejectedRows: bad?.rows ?? 0,
    triggers: emitted.reduce((sum, [, count]) => sum + count, 0),
    triggerRows: sent.reduce((sum, one) => sum + one.rows, 0),
    problems,
  };
  const { records, accepted, duplicates, rejected, misplaced, erased, markers } = report;
  expect('records by outcome', accepted + duplicates + rejected + misplaced + erased + markers, records);
  // Markers of transactions take offsets too, so there may be fewer records than offsets, never more.
  if (records > source) problems.push(`records: found ${records} in ${source} offsets`);
  expect('rows of accepted events', report.rows, accepted);
  expect('distinct offsets of accepted events', events?.offsets ?? 0, accepted);
  expect(
    'events accepted twice within the window',
    rows.doubled.find((one) => one.partition === partition)?.doubled ?? 0,
    0,
  );
  expect('rows of rejected records', report.rejectedRows, rejected);
  expect('distinct offsets of rejected records', bad?.offsets ?? 0, rejected);
  expect('facts that signals took in', signals['inputs'] ?? 0, events?.facts ?? 0);
  expect('rows of triggers', report.triggerRows, report.triggers);
  expect(
    'distinct ids of triggers',
    sent.reduce((sum, { ids }) => sum + ids, 0),
    report.triggers,
  );
  return report;
}

/** Tombstones go to the same topics, and are no triggers. */
const isTrigger = (name: string): boolean => name.startsWith('sink:') && !name.endsWith(tombstonesOf(''));
