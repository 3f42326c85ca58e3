import { createClient } from '@clickhouse/client';
import type { ClickHouseClient } from '@clickhouse/client';

export type { ClickHouseClient } from '@clickhouse/client';

/** A client for ClickHouse's HTTP interface. Its own log prints queries, so it stays off: errors reach the caller. */
export function createClickHouse(url: string): ClickHouseClient {
  return createClient({
    url,
    application: 'milepost',
    request_timeout: 60_000,
    max_open_connections: 16,
    log: { level: 127 },
  });
}
