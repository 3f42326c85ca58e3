import type { ClickHouseClient } from '@clickhouse/client';
import type { Micros } from '@milepost/contracts';
import type { Plan } from '@milepost/plan';
import { unavailable } from './clickhouse-faults.js';
import { query } from './sql-files.js';

/** Every account as it was known at one moment; parts of many accounts are read one after the other, so moments differ by part. */
export interface Snapshot {
  id: number;
  /** Stream time of the partition that is furthest behind. */
  asOf: Micros;
  planVersion: string;
  accounts: number;
}

/**
 * The last migration that changed `account_rows`. A snapshot that was written before it is not asked: columns that came
 * since would be worked out as its rows are read, and some of them wrongly.
 */
const FORM = 8;
/** Kept, so that a question that reads an older one comes to its end: also one of another service that looks rarely. */
const KEPT = 3;
const KEPT_FOR_MICROS = 300_000_000;
/** A part reads its accounts once, and is nobody's question. */
const BUILD_SECONDS = 600;
/** So many accounts at once: memory, and the time that the client waits for an answer, hold for any number of accounts. */
const ACCOUNTS_AT_ONCE = 100_000;

/** Changes when rows come in, and not when ClickHouse merges them. Read from the parts: it costs nothing. */
export async function dataVersion(client: ClickHouseClient): Promise<string> {
  const [row] = await rows<{ version: string }>(client, 'data-version');
  return row?.version ?? '';
}

/** The newest stream time that came to the warehouse; null where nothing came of late. Cheap enough to be asked all the time. */
export async function newestClock(client: ClickHouseClient): Promise<Micros | null> {
  const [row] = await rows<{ newest: Micros | null }>(client, 'newest-clock');
  return row?.newest ?? null;
}

/** The newest snapshot of this plan, in today's form; null when there is none. */
export async function latestSnapshot(client: ClickHouseClient, plan: Plan): Promise<Snapshot | null> {
  const [row] = await rows<Omit<Snapshot, 'planVersion'>>(client, 'latest-snapshot', {
    plan: plan.version,
    form: FORM,
  });
  return row ? { ...row, planVersion: plan.version } : null;
}

/**
 * Makes a snapshot under the number `id` (the time in microseconds, greater than all before), and drops those that are
 * neither among the newest few nor of the last minutes. It is seen only once it is whole.
 */
export async function buildSnapshot(
  client: ClickHouseClient,
  plan: Plan,
  id: number,
  accountsAtOnce = ACCOUNTS_AT_ONCE,
): Promise<Snapshot> {
  const parameters = {
    snapshot: id,
    milestones: plan.milestones.map(({ name }) => name),
    core: Object.values(plan.events).filter(({ coreAction }) => coreAction).map(({ type }) => type), // prettier-ignore
    segments: plan.segments.map(({ name }) => name),
    from: plan.segments.map(({ from }) => from),
    below: plan.segments.map(({ below }) => below ?? 0),
    unknown: plan.unknownSize,
  };
  const erasures = await countErasures(client);
  const ranges = await rows<{ first: string }>(client, 'snapshot-ranges', { accounts: accountsAtOnce });
  for (let i = 0; i < Math.max(1, ranges.length); i++) {
    // An account that comes while parts are made falls into one of them, or waits for the next snapshot.
    const first = i === 0 ? '' : ranges[i]!.first;
    const [next, isLast] = i + 1 < ranges.length ? [ranges[i + 1]!.first, 0] : ['', 1];
    await command(client, 'snapshot-accounts', { ...parameters, first, next, isLast });
  }
  // Who was erased meanwhile may have been read before, and written after.
  if ((await countErasures(client)) !== erasures) await command(client, 'snapshot-leave-out-erased', { snapshot: id });
  await command(client, 'snapshot-register', { snapshot: id, plan: plan.version, form: FORM });
  const made = await latestSnapshot(client, plan);
  for (const { snapshot } of await rows<{ snapshot: number }>(client, 'old-snapshots', {
    kept: KEPT,
    before: id - KEPT_FOR_MICROS,
  })) {
    await command(client, 'drop-snapshot', { snapshot });
    await command(client, 'forget-snapshot', { snapshot });
  }
  return made!;
}

async function countErasures(client: ClickHouseClient): Promise<number> {
  const [row] = await rows<{ erasures: number }>(client, 'count-erasures');
  return row!.erasures;
}

async function rows<T>(client: ClickHouseClient, name: string, query_params: Record<string, unknown> = {}) {
  const settings = { output_format_json_quote_64bit_integers: 0 } as const;
  try {
    const result = await client.query({ query: query(name), query_params, format: 'JSONEachRow', clickhouse_settings: settings }); // prettier-ignore
    return await result.json<T>();
  } catch (fault) {
    throw unavailable(fault as Error);
  }
}

async function command(client: ClickHouseClient, name: string, query_params: Record<string, unknown>): Promise<void> {
  try {
    await client.command({ query: query(name), query_params, clickhouse_settings: { max_execution_time: BUILD_SECONDS, wait_end_of_query: 1 } }); // prettier-ignore
  } catch (fault) {
    throw unavailable(fault as Error);
  }
}
