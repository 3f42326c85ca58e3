import { doubledCounts, eventCounts, rejectedCounts, signalCounts } from '@milepost/clickhouse';
import type { Connections } from '../connections.js';
import { print, table } from '../output.js';
import type { Output } from '../output.js';
import { readPositions, waitForWarehouse } from '../reconcile/positions.js';
import { reportPartition } from '../reconcile/partition-report.js';
import type { PartitionReport } from '../reconcile/partition-report.js';

interface Report {
  partitions: PartitionReport[];
  problems: string[];
}

/**
 * N7: one answer over Kafka's offsets, Redis's state and ClickHouse's rows. It takes each partition's position from
 * Redis as a cut, waits until ClickHouse has reached it, and compares up to there: exact beside live traffic too. Exit
 * code 1 when anything is lost, doubled or left over.
 */
export async function reconcile(connections: Connections, options: Output & { wait: boolean }): Promise<void> {
  const report = await readReport(connections, options.wait);
  print(options, report, () => describeReport(report));
  if (report.problems.length > 0) process.exitCode = 1;
}

async function readReport(connections: Connections, wait: boolean): Promise<Report> {
  const clickhouse = connections.clickhouse();
  const { positions, problems } = await readPositions(connections, wait);
  const late = wait ? await waitForWarehouse(connections) : [];
  const cuts = { source: positions.map(({ source }) => source), journey: positions.map(({ journey }) => journey) };
  const rows = {
    events: await eventCounts(clickhouse, cuts),
    doubled: await doubledCounts(clickhouse, cuts, connections.plan.deduplicationWindow),
    rejected: await rejectedCounts(clickhouse, cuts),
    signals: await signalCounts(clickhouse, cuts),
  };
  const partitions = positions.map((position) => reportPartition(position, rows));
  const found = partitions.flatMap(({ partition, problems: own }) =>
    own.map((one) => `partition ${partition}: ${one}`),
  );
  return { partitions, problems: [...problems, ...late, ...found] };
}

const COLUMNS = [
  'records',
  'accepted',
  'duplicates',
  'rejected',
  'misplaced',
  'erased',
  'markers',
  'rows',
  'rejectedRows',
  'triggers',
  'triggerRows',
] as const;

function describeReport({ partitions, problems }: Report): string {
  const rows = partitions.map((one) => [String(one.partition), ...COLUMNS.map((column) => one[column])]);
  const sums = COLUMNS.map((column) => partitions.reduce((sum, one) => sum + one[column], 0));
  const verdict =
    problems.length === 0
      ? 'Nothing lost, nothing doubled.'
      : `Not in order:\n${problems.map((one) => `  ${one}`).join('\n')}`;
  const head = [
    'partition',
    'records',
    'accepted',
    'duplicates',
    'rejected',
    'misplaced',
    'erased',
    'markers',
    'rows',
    'rejected rows',
    'triggers',
    'trigger rows',
  ];
  return `${table(head, [...rows, ['all', ...sums]])}\n\n${verdict}`;
}
