import type { ControlLog, LogReader, LogRecord, Metrics, PartitionPublisher, Topology } from '@milepost/stream';
import type { Redis } from 'ioredis';
import { partitionKeys, RedisStateStore } from './redis/redis-state-store.js';
import { REPLACE } from './redis/scripts.js';
import { TopologyOwner } from './topology-owner.js';

export interface Rebuild<S, I> {
  topology: Topology<S, I>;
  partition: number;
  redis: Redis;
  groupPrefix: string;
  /** What the log held below its start, from an archive, in order. */
  records: AsyncIterable<LogRecord>;
  /** What operators wrote: markers in the archive are checked as those in the log are. */
  control: ControlLog;
  /** Where the log starts now: the state that is made stands there. */
  below: number;
  /** What the archive counted and its records don't show. */
  counts: Record<string, number>;
  onProgress: (records: number) => void;
}

const BATCH = 2_000;
const ignore = (): void => undefined;
const NO_METRICS: Metrics = { count: ignore, gauge: ignore, observe: ignore };

/** Whoever folds an archive is silent: everything that follows from it was published once. */
const SILENT_PUBLISHER: PartitionPublisher = {
  fence: () => Promise.resolve(),
  publish: () => Promise.reject(new Error('A rebuild has published something; it must be silent.')),
  close: () => Promise.resolve(),
};

/**
 * Makes a partition's state anew and puts it in the place of what Redis has, in one step. With a log that starts at 0
 * the state is only taken away: the service folds the log again by itself. Otherwise what is gone from the log is
 * folded here, by the same owner in the same silence, and the service goes on from the log's start.
 */
export async function rebuildPartition<S, I>(rebuild: Rebuild<S, I>): Promise<void> {
  const { topology, partition, redis, groupPrefix, below, counts } = rebuild;
  const prefix = `${groupPrefix}:`;
  const beside = `${prefix}rebuild:`;
  const [own, made] = [prefix, beside].map((one) => Object.values(partitionKeys(one, topology.name, partition)));
  await redis.del(...made!);
  if (below > 0) await fold(rebuild, new RedisStateStore(redis, topology.name, beside));
  const tally = below > 0 ? Object.entries(counts).flat() : [];
  await redis.eval(REPLACE, 2 * own!.length, ...own!, ...made!, ...tally);
}

async function fold<S, I>(rebuild: Rebuild<S, I>, store: RedisStateStore): Promise<void> {
  const { topology, partition, records, below, control, onProgress } = rebuild;
  const log: LogReader = {
    committed: () => Promise.resolve({ offset: below, metadata: '' }),
    bounds: () => Promise.resolve({ low: 0, high: below }),
  };
  const owner = new TopologyOwner({
    topology,
    partition,
    topic: topology.source,
    store,
    log,
    control,
    publisher: SILENT_PUBLISHER,
    metrics: NO_METRICS,
    now: () => 0,
    clockInterval: Infinity,
    idleAfter: Infinity,
    maxCachedAccounts: 50_000,
  });
  await owner.take();
  let done = 0;
  let batch: LogRecord[] = [];
  for await (const record of records) {
    batch.push(record);
    if (batch.length < BATCH) continue;
    await owner.apply(batch, record.offset + 1);
    onProgress((done += batch.length));
    batch = [];
  }
  await owner.apply(batch, below);
  onProgress(done + batch.length);
}

/** What keeps a partition from being rebuilt without losing or repeating something; null when nothing does. */
export function rebuildFault(where: string, committed: number | null, low: number, high: number): string | null {
  if (committed === null) {
    return high === 0
      ? null
      : `${where} has no committed offset, so nobody knows what was published. Set the group's offset to the first record that was not processed (kafka-consumer-groups.sh --reset-offsets), then rebuild.`;
  }
  if (committed < low) {
    return `${where}: records ${committed} to ${low - 1} were deleted before they were processed. They are lost; set the group's offset to ${low} (kafka-consumer-groups.sh --reset-offsets) to go on without them, then rebuild.`;
  }
  if (committed > high) {
    return `${where}: committed ${committed}, but the log ends at ${high}. Is this the right cluster? Set the group's offset back only when the log was made anew.`;
  }
  return null;
}
