import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createClickHouse } from './clickhouse-client.js';
import { migrate } from './migrate.js';
import { migrations } from './sql-files.js';
import { inDatabase } from './testing/own-database.js';

const database = `migrate_${process.pid}`;
const server = createClickHouse(process.env['CLICKHOUSE_URL']!);
const client = inDatabase(server, database);
const ALL = migrations().map(({ name }) => name);

const drop = () => server.command({ query: `DROP DATABASE IF EXISTS ${database} SYNC` });
beforeEach(drop);
afterAll(async () => {
  await drop();
  await server.close();
});

async function tables(): Promise<Record<string, { engine: string; partition: string; window: boolean }>> {
  const result = await server.query({
    query: `SELECT name, engine, partition_key AS partition,
              engine_full LIKE '%non_replicated_deduplication_window = 10000%' AS window
            FROM system.tables WHERE database = {database:String} ORDER BY name`,
    query_params: { database },
    format: 'JSONEachRow',
  });
  const found = await result.json<{ name: string; engine: string; partition: string; window: number }>();
  return Object.fromEntries(
    found.map(({ name, engine, partition, window }) => [name, { engine, partition, window: Number(window) === 1 }]),
  );
}

describe('1. Migrations', () => {
  it('1.1 are applied in order, and told; a second run has nothing to do', async () => {
    expect(await migrate(client)).toEqual(ALL);
    expect(await migrate(client)).toEqual([]);
  });

  it('1.2 by several processes at once leave what one leaves', async () => {
    await Promise.all([migrate(client), migrate(client), migrate(client), migrate(client)]);
    const all = await tables();
    expect(await migrate(client)).toEqual([]);
    await drop();
    await migrate(client);
    expect(await tables()).toEqual(all);
  });

  it('1.3 go on after a crash between a statement and the ledger', async () => {
    await migrate(client);
    await client.command({ query: 'TRUNCATE TABLE milepost.schema_migrations' });
    expect(await migrate(client)).toEqual(ALL);
  });
});

describe('2. Every table of facts', () => {
  it('2.1 remembers tokens, collapses repeats, and keeps a block in one part', async () => {
    await migrate(client);
    const facts = await tables();
    // What is derived is rebuilt or idempotent: see account-facts.int.spec.ts.
    const derived = ['account_rows', 'account_states', 'active_days', 'moments', 'snapshots'];
    const erased = ['erased_rows', 'erasure_steps', 'erasures']; // Written without a token: each row is its own key.
    for (const name of ['schema_migrations', ...derived, ...erased]) delete facts[name];
    for (const name of Object.keys(facts)) if (name.endsWith('_of_events')) delete facts[name];
    expect(Object.keys(facts)).toEqual(['events', 'milestones', 'rejected', 'signals', 'stream_time']);
    for (const table of Object.values(facts)) {
      expect(table).toEqual({ engine: 'ReplacingMergeTree', partition: '', window: true });
    }
  });
});
