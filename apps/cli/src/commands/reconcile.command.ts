import { eventCounts, rejectedCounts, signalCounts } from '@milepost/clickhouse';
import { PARTITIONS, TOPICS } from '@milepost/contracts';
import { signalTopic } from '@milepost/onboarding';
import { LogAdmin, partitionKeys } from '@milepost/runtime';
import type { Redis } from 'ioredis';
import { UsageError } from '../connections.js';
import type { Connections } from '../connections.js';
import { print, Progress, table } from '../output.js';
import type { Output } from '../output.js';

/** One partition of onboarding.events, seen from Kafka, Redis and ClickHouse. */
interface PartitionReport {
  partition: number;
  /** Records between the start of the log and R. */
  records: number;
  accepted: number;
  duplicates: number;
  rejected: number;
  misplaced: number;
  acceptedRows: number;
  rejectedRows: number;
  triggers: number;
  triggerRows: number;
  problems: string[];
}

interface Report {
  settled: boolean;
  partitions: PartitionReport[];
  problems: string[];
}

const SETTLE_MS = 120_000;

/**
 * N7: one answer over Kafka's offsets, Redis's state and ClickHouse's rows. Waits until the services have caught up
 * with what was in the log when it began, then adds up. Exit code 1 when anything is lost, doubled or left over.
 */
export async function reconcile(connections: Connections, options: Output & { wait: boolean }): Promise<void> {
  const report = await readReport(connections, options.wait);
  print(options, report, () => describeReport(report));
  if (report.problems.length > 0) process.exitCode = 1;
}

async function readReport(connections: Connections, wait: boolean): Promise<Report> {
  const settled = !wait || (await settle(connections));
  const redis = await connections.redis();
  const clickhouse = connections.clickhouse();
  const { topicPrefix, groupPrefix } = connections.addresses;
  const [events, rejected, signals] = [
    await eventCounts(clickhouse),
    await rejectedCounts(clickhouse),
    await signalCounts(clickhouse),
  ];
  const log = new LogAdmin(connections.kafka(), `${groupPrefix}-milestones`);
  await log.connect();
  connections.onClose(() => log.close());
  const names = connections.plan.signals.map(({ name }) => name);

  const partitions: PartitionReport[] = [];
  for (let partition = 0; partition < PARTITIONS; partition++) {
    const problems: string[] = [];
    const milestones = await metaOf(redis, `${groupPrefix}:`, 'milestones', partition);
    const judged = await metaOf(redis, `${groupPrefix}:`, 'signals', partition);
    const { low, high } = await log.bounds(topicPrefix + TOPICS.events, partition);
    const next = Number(milestones['next'] ?? low);
    if (next > high) problems.push(`the state stands at ${next}, the log ends at ${high}`);
    const tally = (name: string): number => Number(milestones[`t:${name}`] ?? 0);
    const report: PartitionReport = {
      partition,
      records: tally('records'),
      accepted: tally('sink:journey'),
      duplicates: tally('duplicate'),
      rejected: tally('rejected'),
      misplaced: tally('misplaced'),
      acceptedRows: 0,
      rejectedRows: 0,
      triggers: names.reduce((sum, name) => sum + Number(judged[`t:sink:${name}`] ?? 0), 0),
      triggerRows: 0,
      problems,
    };
    const expect = (what: string, found: number, wanted: number): void => {
      if (found !== wanted) problems.push(`${what}: found ${found}, want ${wanted}`);
    };
    expect(
      'records by outcome',
      report.accepted + report.duplicates + report.rejected + report.misplaced,
      report.records,
    );
    expect('facts that signals took in', Number(judged['t:inputs'] ?? 0), report.accepted);
    const own = events.find((one) => one.partition === partition);
    report.acceptedRows = own?.rows ?? 0;
    expect('rows of accepted events', report.acceptedRows, report.accepted);
    expect('distinct offsets of accepted events', own?.offsets ?? 0, report.accepted);
    expect('distinct (source, id) of accepted events', own?.identities ?? 0, report.accepted);
    const bad = rejected.find((one) => one.partition === partition);
    report.rejectedRows = bad?.rows ?? 0;
    expect('rows of rejected records', report.rejectedRows, report.rejected);
    expect('distinct offsets of rejected records', bad?.offsets ?? 0, report.rejected);
    const sent = signals.filter((one) => one.partition === partition);
    report.triggerRows = sent.reduce((sum, { rows }) => sum + rows, 0);
    expect('rows of triggers', report.triggerRows, report.triggers);
    expect(
      'distinct ids of triggers',
      sent.reduce((sum, { ids }) => sum + ids, 0),
      report.triggers,
    );
    partitions.push(report);
  }
  const problems = partitions.flatMap(({ partition, problems: own }) =>
    own.map((one) => `partition ${partition}: ${one}`),
  );
  return { settled, partitions, problems: settled ? problems : [...problems, 'the services did not catch up in time'] };
}

function metaOf(redis: Redis, prefix: string, topology: string, partition: number): Promise<Record<string, string>> {
  return redis.hgetall(partitionKeys(prefix, topology, partition).meta);
}

/** Each stage in turn has committed what its input held when the one before it was done. */
async function settle(connections: Connections): Promise<boolean> {
  const { topicPrefix, groupPrefix } = connections.addresses;
  const signals = connections.plan.signals.map(({ name }) => signalTopic(name));
  const stages: [group: string, topics: string[]][] = [
    ['milestones', [TOPICS.events]],
    ['signals', [TOPICS.journey]],
    ['warehouse', [TOPICS.journey, TOPICS.rejected, ...signals]],
  ];
  const progress = new Progress();
  const deadline = Date.now() + SETTLE_MS;
  for (const [group, topics] of stages) {
    const log = new LogAdmin(connections.kafka(), `${groupPrefix}-${group}`);
    await log.connect();
    connections.onClose(() => log.close());
    for (const topic of topics.map((name) => topicPrefix + name)) {
      const ends = await Promise.all(
        Array.from({ length: PARTITIONS }, (_, partition) => log.bounds(topic, partition)),
      );
      for (;;) {
        const behind = await countBehind(
          log,
          topic,
          ends.map(({ high }) => high),
        );
        if (behind === 0) break;
        if (Date.now() > deadline) return false;
        progress.say(`${group} has ${behind.toLocaleString('en')} offsets of ${topic} to go`);
        await new Promise((done) => setTimeout(done, 500));
      }
    }
  }
  return true;
}

/** A transaction's marker at the end of the log is never committed past: one offset behind is caught up. */
async function countBehind(log: LogAdmin, topic: string, ends: number[]): Promise<number> {
  let behind = 0;
  for (const [partition, end] of ends.entries()) {
    if (end === 0) continue;
    const committed = await log.committed(topic, partition);
    const gap = end - (committed && committed.metadata === '' ? committed.offset : 0);
    if (gap > 1) behind += gap;
  }
  return behind;
}

function describeReport({ partitions, problems }: Report): string {
  const head = [
    'partition',
    'records',
    'accepted',
    'duplicates',
    'rejected',
    'misplaced',
    'rows',
    'rejected rows',
    'triggers',
    'trigger rows',
  ];
  const rows = partitions.map((one) => [
    one.partition,
    one.records,
    one.accepted,
    one.duplicates,
    one.rejected,
    one.misplaced,
    one.acceptedRows,
    one.rejectedRows,
    one.triggers,
    one.triggerRows,
  ]);
  const sums = head.slice(1).map((_, i) => rows.reduce((sum, row) => sum + row[i + 1]!, 0));
  const verdict =
    problems.length === 0
      ? 'Nothing lost, nothing doubled.'
      : `Not in order:\n${problems.map((one) => `  ${one}`).join('\n')}`;
  return `${table(head, [...rows, ['all' as never, ...sums]])}\n\n${verdict}`;
}
