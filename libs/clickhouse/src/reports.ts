import type { ClickHouseClient } from '@clickhouse/client';
import { query } from './sql-files.js';

/** Offsets, by partition, up to which (exclusive) a report counts. So it is exact beside live traffic. */
export interface Cuts {
  /** In onboarding.events. */
  source: number[];
  /** In onboarding.journey. */
  journey: number[];
}

export interface EventCount {
  partition: number;
  rows: number;
  offsets: number;
  /** Rows up to the journey's cut. */
  facts: number;
}

export interface RejectedCount {
  partition: number;
  rows: number;
  offsets: number;
}

export interface SignalCount {
  signal: string;
  partition: number;
  rows: number;
  ids: number;
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

/** Accepted events by partition of onboarding.events. */
export const eventCounts = (client: ClickHouseClient, { source, journey }: Cuts): Promise<EventCount[]> =>
  ask(client, 'reconcile-events', { source, journey });

/** Accepted more than once within the deduplication window, microseconds. A partition without any has no row. */
export const doubledCounts = (
  client: ClickHouseClient,
  { source }: Cuts,
  window: number,
): Promise<{ partition: number; doubled: number }[]> => ask(client, 'reconcile-doubled', { source, window });

export const rejectedCounts = (client: ClickHouseClient, { source }: Cuts): Promise<RejectedCount[]> =>
  ask(client, 'reconcile-rejected', { source });

export const signalCounts = (client: ClickHouseClient, { journey }: Cuts): Promise<SignalCount[]> =>
  ask(client, 'reconcile-signals', { journey });

export interface MilestoneCount {
  partition: number;
  rows: number;
  /** Distinct changes; fewer than rows when one stands twice. */
  changes: number;
}

/** Changes of milestones by partition of onboarding.journey. */
export const milestoneCounts = (client: ClickHouseClient, { journey }: Cuts): Promise<MilestoneCount[]> =>
  ask(client, 'reconcile-milestones', { journey });

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

export interface AccountMilestone {
  milestone: string;
  /** Null: no longer reached. */
  reached_at: string | null;
  /** Null: newly reached. */
  previous: string | null;
  received_at: string;
  event_source: string;
  event_id: string;
}

/** Every change of an account's milestones, in the order in which they were decided. */
export const accountMilestones = (client: ClickHouseClient, account: string): Promise<AccountMilestone[]> =>
  ask(client, 'account-milestones', { account });
