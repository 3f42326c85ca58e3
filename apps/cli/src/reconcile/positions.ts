import { PARTITIONS, TOPICS } from '@milepost/contracts';
import { signalTopic } from '@milepost/onboarding';
import { LogAdmin, partitionKeys, systemTimers } from '@milepost/runtime';
import type { Connections } from '../connections.js';
import { Progress } from '../output.js';

/** How far one partition has come, and what was counted on the way: one atomic look at each service's state. */
export interface Position {
  partition: number;
  /** R of the milestones service: offset in onboarding.events. */
  source: number;
  /** R of the signals service: offset in onboarding.journey. */
  journey: number;
  milestones: Record<string, number>;
  signals: Record<string, number>;
}

const PATIENCE_MS = 120_000;

/** Waits until the services have taken in what the log held when it was asked, then reads every position. */
export async function readPositions(
  connections: Connections,
  wait: boolean,
): Promise<{ positions: Position[]; problems: string[] }> {
  const problems = wait
    ? [
        ...(await caughtUp(connections, 'milestones', [TOPICS.events])),
        ...(await caughtUp(connections, 'signals', [TOPICS.journey])),
      ]
    : [];
  const redis = await connections.redis();
  const { topicPrefix, groupPrefix } = connections.addresses;
  const log = await openLog(connections, 'milestones');
  const positions: Position[] = [];
  for (let partition = 0; partition < PARTITIONS; partition++) {
    const meta = (topology: string) => redis.hgetall(partitionKeys(`${groupPrefix}:`, topology, partition).meta);
    const [milestones, signals] = [await meta('milestones'), await meta('signals')];
    const { low, high } = await log.bounds(topicPrefix + TOPICS.events, partition);
    const source = Number(milestones['next'] ?? low);
    if (source > high) problems.push(`partition ${partition}: the state stands at ${source}, the log ends at ${high}`);
    positions.push({
      partition,
      source,
      journey: Number(signals['next'] ?? 0),
      milestones: tallyOf(milestones),
      signals: tallyOf(signals),
    });
  }
  return { positions, problems };
}

/** Everything that the positions stand for is published and written. */
export function waitForWarehouse(connections: Connections): Promise<string[]> {
  const signals = connections.plan.signals.map(({ name }) => signalTopic(name));
  return caughtUp(connections, 'warehouse', [TOPICS.journey, TOPICS.rejected, ...signals]);
}

const tallyOf = (meta: Record<string, string>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(meta).flatMap(([name, value]) => (name.startsWith('t:') ? [[name.slice(2), Number(value)]] : [])),
  );

async function openLog(connections: Connections, group: string): Promise<LogAdmin> {
  const log = new LogAdmin(connections.kafka(), `${connections.addresses.groupPrefix}-${group}`, systemTimers);
  await log.connect();
  connections.onClose(() => log.close());
  return log;
}

/** A group has committed what its topics held when this was called; otherwise what it lacks. */
async function caughtUp(connections: Connections, group: string, topics: string[]): Promise<string[]> {
  const log = await openLog(connections, group);
  const progress = new Progress();
  const deadline = Date.now() + PATIENCE_MS;
  for (const topic of topics.map((name) => connections.addresses.topicPrefix + name)) {
    const ends = await Promise.all(Array.from({ length: PARTITIONS }, (_, partition) => log.bounds(topic, partition)));
    for (;;) {
      const behind = await countBehind(
        log,
        topic,
        ends.map(({ high }) => high),
      );
      if (behind === 0) break;
      if (Date.now() > deadline) return [`${group} is ${behind} offsets of ${topic} behind and does not catch up`];
      progress.say(`${group} has ${behind.toLocaleString('en')} offsets of ${topic} to go`);
      await new Promise((done) => setTimeout(done, 300));
    }
  }
  return [];
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
