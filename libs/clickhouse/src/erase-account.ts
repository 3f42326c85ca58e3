import type { ClickHouseClient } from '@clickhouse/client';
import { parseTime, sha256 } from '@milepost/contracts';
import type { Erase } from '@milepost/contracts';
import { unavailable } from './clickhouse-faults.js';
import { query } from './sql-files.js';

/** A place in a topic from which on there is no such account: its rows that came from there before are to go. */
export interface ErasurePlace {
  sequence: number;
  account: string;
  topic: string;
  partition: number;
  /** Of the record in the source that it follows from. */
  sourceOffset: number;
  offset: number;
}

export type Erasure =
  | (ErasurePlace & { kind: 'journey'; control: Erase })
  | (ErasurePlace & { kind: 'rejected' })
  | (ErasurePlace & { kind: 'signals'; signal: string });

/**
 * Statements in their order: places are noted before rows go. Snapshots last, for they are made of the others; and once
 * it is said who is gone, so that a snapshot under way either looks there or is written by then (`buildSnapshot`).
 */
const STATEMENTS: Record<Erasure['kind'], readonly string[]> = {
  journey: [
    'erase-note-events',
    'erase-note-milestones',
    'erase-events',
    'erase-milestones',
    'erase-account-states',
    'erase-moments',
    'erase-active-days',
    'erase-audit',
    'erase-account-rows',
  ],
  rejected: ['erase-note-rejected', 'erase-rejected'],
  signals: ['erase-note-signals', 'erase-signals'],
};

/**
 * Takes an account's rows out of the tables that one topic fills, and says that it is done. Waits until ClickHouse has
 * written its parts anew without them. A repeat, whole or from the middle, changes nothing.
 */
export async function eraseRows(client: ClickHouseClient, erasure: Erasure): Promise<void> {
  const { sequence, account, topic, partition, sourceOffset: source, offset } = erasure;
  const place = { sequence, account, topic, partition, source, offset };
  const audit =
    erasure.kind === 'journey'
      ? {
          hash: sha256(account),
          by: erasure.control.by,
          reason: erasure.control.reason,
          at: parseTime(erasure.control.at),
        }
      : {};
  const signal = erasure.kind === 'signals' ? { signal: erasure.signal } : {};
  for (const name of [...STATEMENTS[erasure.kind], 'erase-step']) {
    await command(client, name, { ...place, ...audit, ...signal });
  }
}

export interface NotedErasure {
  sequence: number;
  requested_by: string;
  reason: string;
  requested_at: string;
}

/** When an account was erased, for whom and why; null when it never was. Whoever asks knows its id already. */
export async function erasureOf(client: ClickHouseClient, account: string): Promise<NotedErasure | null> {
  const [noted] = await rows<NotedErasure>(client, 'erasure-of', { hash: sha256(account) });
  return noted ?? null;
}

/** Topics and partitions whose rows are gone. */
export const erasureSteps = (client: ClickHouseClient, sequence: number) =>
  rows<{ topic: string; partition: number }>(client, 'erasure-steps', { sequence });

/** How many rows an erasure took away, by kind. */
export const erasureRemoved = (client: ClickHouseClient, sequence: number) =>
  rows<{ kind: string; rows: number }>(client, 'erasure-removed', { sequence });

/** Tables that have rows of the account, with how many. */
export const erasureLeft = (client: ClickHouseClient, account: string) =>
  rows<{ name: string; rows: number }>(client, 'erasure-left', { account });

async function command(client: ClickHouseClient, name: string, query_params: Record<string, unknown>): Promise<void> {
  const clickhouse_settings = { wait_end_of_query: 1, async_insert: 0 } as const;
  await client.command({ query: query(name), query_params, clickhouse_settings }).catch((fault: Error) => {
    throw unavailable(fault);
  });
}

async function rows<T>(client: ClickHouseClient, name: string, query_params: Record<string, unknown>): Promise<T[]> {
  const clickhouse_settings = { output_format_json_quote_64bit_integers: 0 } as const;
  const result = await client.query({ query: query(name), query_params, format: 'JSONEachRow', clickhouse_settings });
  return result.json<T>();
}
