import type { ClickHouseClient } from '@clickhouse/client';
import { migrations } from './sql-files.js';

const LEDGER = `
CREATE TABLE IF NOT EXISTS milepost.schema_migrations (name String, applied_at DateTime DEFAULT now())
ENGINE = ReplacingMergeTree ORDER BY name`;

/**
 * Applies what is missing, in order. Every statement may run twice, so two at once do no harm. The names applied.
 *
 * @param until the last one to apply, by its name; for tests of what an earlier version left
 */
export async function migrate(client: ClickHouseClient, until?: string): Promise<string[]> {
  await client.command({ query: 'CREATE DATABASE IF NOT EXISTS milepost' });
  await client.command({ query: LEDGER });
  const result = await client.query({ query: 'SELECT name FROM milepost.schema_migrations', format: 'JSONEachRow' });
  const applied = new Set((await result.json<{ name: string }>()).map(({ name }) => name));
  const missing = migrations().filter(({ name }) => !applied.has(name) && (until === undefined || name <= until));
  for (const { name, statements } of missing) {
    for (const statement of statements) await client.command({ query: statement });
    await client.insert({ table: 'milepost.schema_migrations', values: [{ name }], format: 'JSONEachRow' });
  }
  return missing.map(({ name }) => name);
}
