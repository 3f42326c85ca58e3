import { archivedErased, archivedRejections } from '@milepost/clickhouse';
import type { ClickHouseClient } from '@milepost/clickhouse';
import { PARTITIONS } from '@milepost/contracts';
import { ControlModels, milestonesTopology, signalsTopology } from '@milepost/onboarding';
import {
  KafkaControlLog,
  LogAdmin,
  partitionKeys,
  rebuildFault,
  rebuildPartition,
  systemTimers,
} from '@milepost/runtime';
import type { ControlLog, LogRecord, Topology } from '@milepost/stream';
import type { Redis } from 'ioredis';
import { UsageError } from '../connections.js';
import type { Connections } from '../connections.js';
import { publishedModels } from '../models/published-models.js';
import { Progress, print, table } from '../output.js';
import type { Output } from '../output.js';
import { archivedEvents, archivedPages, withActivations } from '../rebuild/archived-records.js';

interface Task {
  topology: Topology<never, never>;
  partition: number;
  /** Where the log starts. */
  low: number;
  /** Everything below was published: the state has to come so far again. */
  committed: number;
  records: () => AsyncIterable<LogRecord>;
  counts: () => Promise<Record<string, number>>;
}

interface Rebuilt {
  service: string;
  partition: number;
  /** Records that came from ClickHouse. */
  archived: number;
  /** Offset from which the log itself is folded. */
  from: number;
}

const STALLED_MS = 60_000;

/**
 * Makes the state in Redis anew. Where the log starts at 0 the service folds it again by itself; otherwise what is gone
 * from the log is folded from the accepted events in ClickHouse first. Nothing is published twice: what Kafka says was
 * processed is folded in silence. Checks every partition before it touches one.
 */
export async function rebuild(connections: Connections, options: Output & { wait: boolean }): Promise<void> {
  const control = new KafkaControlLog({ kafka: connections.kafka(), timers: systemTimers, ...connections.addresses });
  await control.connect();
  connections.onClose(() => control.close());
  const tasks = await plan(connections, control);
  const redis = await connections.redis();
  const progress = new Progress();
  const rebuilt: Rebuilt[] = [];
  for (const { topology, partition, low, records, counts } of tasks) {
    const name = `${topology.name}/${partition}`;
    let archived = 0;
    await rebuildPartition({
      topology,
      partition,
      redis,
      groupPrefix: connections.addresses.groupPrefix,
      records: records(),
      control,
      below: low,
      counts: low > 0 ? await counts() : {},
      onProgress: (done) => {
        archived = done;
        progress.say(`${name}: ${done.toLocaleString('en')} records from ClickHouse`);
      },
    });
    rebuilt.push({ service: topology.name, partition, archived, from: low });
  }
  progress.say(`State taken away or made anew for ${rebuilt.length} partitions`, true);
  const verdict = options.wait ? await caughtUp(redis, connections, tasks, progress) : 'Not waited for the services.';
  print(options, { partitions: rebuilt, verdict }, () => describe(rebuilt, verdict));
}

/** Waits until the states stand again where they stood; gives up when nothing moves any more. */
async function caughtUp(redis: Redis, connections: Connections, tasks: Task[], progress: Progress): Promise<string> {
  const prefix = `${connections.addresses.groupPrefix}:`;
  let [least, since] = [Infinity, Date.now()];
  for (;;) {
    const next = await Promise.all(
      tasks.map(({ topology, partition }) => redis.hget(partitionKeys(prefix, topology.name, partition).meta, 'next')),
    );
    const behind = tasks.reduce((sum, { committed }, i) => sum + Math.max(0, committed - Number(next[i] ?? 0)), 0);
    if (behind === 0) return 'The services stand where they stood before.';
    if (behind < least) [least, since] = [behind, Date.now()];
    if (Date.now() - since > STALLED_MS) {
      process.exitCode = 1;
      return `The services have ${behind} offsets to go and do not get on: are milestones and signals running? Ask /health/ready.`;
    }
    progress.say(`${behind.toLocaleString('en')} offsets to fold again`);
    await new Promise((done) => setTimeout(done, 300));
  }
}

async function plan(connections: Connections, control: ControlLog): Promise<Task[]> {
  const clickhouse = connections.clickhouse();
  const { topicPrefix, groupPrefix } = connections.addresses;
  const models = new ControlModels(control, async () => (await publishedModels(connections)).models.map(({ model }) => model)); // prettier-ignore
  await models.refresh();
  const [milestones, signals] = [milestonesTopology(connections.plan), signalsTopology(connections.plan, models)];
  const tasks: Task[] = [];
  const faults: string[] = [];
  for (const topology of [milestones, signals] as Topology<never, never>[]) {
    const log = new LogAdmin(connections.kafka(), `${groupPrefix}-${topology.name}`, systemTimers);
    await log.connect();
    connections.onClose(() => log.close());
    const topic = topicPrefix + topology.source;
    for (let partition = 0; partition < PARTITIONS; partition++) {
      const { low, high } = await log.bounds(topic, partition);
      const committed = (await log.committed(topic, partition))?.offset ?? null;
      const fault = rebuildFault(`${topic}/${partition}`, committed, low, high);
      if (fault) faults.push(fault);
      const isMilestones = topology.name === milestones.name;
      const archive = { client: clickhouse, control };
      const records = () =>
        isMilestones
          ? archivedEvents(archive, partition, low)
          : withActivations(control, partition, archivedPages(archive, partition, low));
      const counts = () => (isMilestones ? eventCounts : pageCounts)(clickhouse, partition, low);
      tasks.push({ topology, partition, low, committed: committed ?? 0, records, counts });
    }
  }
  if (faults.length > 0) throw new UsageError(`Nothing was touched:\n${faults.join('\n')}`);
  return tasks;
}

/** What was counted of the events that are not in the archive: those that were rejected, and those that were erased. */
async function eventCounts(
  client: ClickHouseClient,
  partition: number,
  source: number,
): Promise<Record<string, number>> {
  const erased = await archivedErased(client, { partition, source });
  const rejected = (await archivedRejections(client, { partition, source })) + (erased.get('rejected') ?? 0);
  const accepted = erased.get('events') ?? 0;
  return { rejected, records: rejected + accepted, 'sink:journey': accepted };
}

/** The same of the journey: facts that were erased, and the triggers that had followed from them. */
async function pageCounts(
  client: ClickHouseClient,
  partition: number,
  journey: number,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [kind, rows] of await archivedErased(client, { partition, journey })) {
    if (kind === 'events') counts['inputs'] = rows;
    if (kind.startsWith('signals/')) counts[`sink:${kind.slice('signals/'.length)}`] = rows;
  }
  return counts;
}

function describe(rebuilt: Rebuilt[], verdict: string): string {
  const rows = rebuilt.map(({ service, partition, archived, from }) => [service, String(partition), archived, from]);
  return `${table(['service', 'partition', 'from ClickHouse', 'from Kafka, offset'], rows)}\n\n${verdict}`;
}
