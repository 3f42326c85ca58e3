import type { ClickHouseClient } from '@clickhouse/client';
import { query } from './sql-files.js';

export interface PartitionCount {
  partition: number;
  rows: number;
  offsets: number;
}

async function ask<T>(client: ClickHouseClient, name: string, parameters: Record<string, unknown> = {}): Promise<T[]> {
  const result = await client.query({
    query: query(name),
    query_params: parameters,
    format: 'JSONEachRow',
    // 64-bit counts come as numbers: they stay far below 2^53.
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
  });
  return result.json<T>();
}

/** Rows, distinct source offsets and distinct identities of accepted events, by partition of onboarding.events. */
export const eventCounts = (client: ClickHouseClient): Promise<(PartitionCount & { identities: number })[]> =>
  ask(client, 'reconcile-events');

export const rejectedCounts = (client: ClickHouseClient): Promise<PartitionCount[]> =>
  ask(client, 'reconcile-rejected');

export const signalCounts = (client: ClickHouseClient): Promise<(PartitionCount & { signal: string; ids: number })[]> =>
  ask(client, 'reconcile-signals');

export interface AccountEvent {
  occurred_at: string;
  type: string;
  outcome: string;
  source: string;
  event_id: string;
}

export const accountEvents = (client: ClickHouseClient, account: string, limit: number): Promise<AccountEvent[]> =>
  ask(client, 'account-events', { account, limit });

export interface AccountSignal {
  signal: string;
  trigger: string;
  status: string;
  at: string;
  live: boolean;
  severity: string;
  /** JSON arrays of the trigger's own fields. */
  reasons: string;
  ended: string;
  resolution: string;
}

export const accountSignals = (client: ClickHouseClient, account: string, limit: number): Promise<AccountSignal[]> =>
  ask(client, 'account-signals', { account, limit });
