import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FrozenRange, LogRecord } from '@milepost/stream';
import { createClickHouse } from './clickhouse-client.js';
import { migrate } from './migrate.js';
import { clickhouseRangeWriter } from './range-writer.js';
import { migrations } from './sql-files.js';
import { inDatabase } from './testing/own-database.js';

const database = `facts_${process.pid}`;
const server = createClickHouse(process.env['CLICKHOUSE_URL']!);
const client = inDatabase(server, database);

const COLUMNS = ['account_id', 'type', 'event_id', 'occurred_at', 'received_at', 'outcome', 'product_line', 'plan_tier', 'properties', 'source_partition', 'journey_offset']; // prettier-ignore
/** One event a record; its value is the row. */
const writer = clickhouseRangeWriter(client, {
  schemaVersion: 'facts-1',
  toRows: (records) => [{ table: 'milepost.events', columns: COLUMNS, rows: records.map(({ value }) => JSON.parse(value!.toString()) as unknown[]) }], // prettier-ignore
});
const event = (offset: number, type: string, day: string, more: { line?: string; tier?: string; properties?: object } = {}) => // prettier-ignore
  ['a', type, `e${offset}`, `2026-01-${day} 10:00:00`, '2026-02-01 00:00:00', 'succeeded', more.line ?? '', more.tier ?? '', JSON.stringify(more.properties ?? {}), 3, offset]; // prettier-ignore

async function write(from: number, rows: unknown[][]): Promise<void> {
  const range: FrozenRange = { topic: 'onboarding.journey', partition: 3, from, to: from + rows.length, schemaVersion: 'facts-1' }; // prettier-ignore
  const records = rows.map((row, i): LogRecord => ({ topic: range.topic, partition: 3, offset: from + i, timestamp: 0, key: null, value: Buffer.from(JSON.stringify(row)), headers: {} })); // prettier-ignore
  await writer.write(range, records);
}
async function ask<T>(query: string): Promise<T[]> {
  const result = await client.query({ query, format: 'JSONEachRow', clickhouse_settings: { output_format_json_quote_64bit_integers: 0 } }); // prettier-ignore
  return result.json<T>();
}
const state = async () =>
  (await ask(`SELECT toString(min(created_at)) AS created, toString(min(first_at)) AS first, toString(max(last_at)) AS last,
    toString(min(ended_at)) AS ended, min(product_line).2 AS line FROM milepost.account_states WHERE account_id = 'a'`))[0]; // prettier-ignore
const facts = async () => ({
  state: await state(),
  moments: (await ask<{ n: number }>('SELECT count() AS n FROM milepost.moments FINAL'))[0]!.n,
  days: (await ask<{ n: number }>('SELECT count() AS n FROM milepost.active_days FINAL'))[0]!.n,
});

const statementsOf = (name: string): string[] =>
  migrations()
    .find((one) => one.name === '003-account-facts.sql')!
    .statements.filter((statement) => statement.includes(name));

const FIRST = [
  event(0, 'account.created', '05', { tier: 'pro' }),
  event(1, 'workflow.run', '06', { line: 'core' }),
  event(2, 'workflow.run', '07', { line: 'analytics' }),
  event(3, 'subscription.started', '20', { properties: { amountMinor: 4900, currency: 'EUR', termMonths: 1 } }),
];

beforeAll(() => migrate(client));
afterAll(async () => {
  await server.command({ query: `DROP DATABASE IF EXISTS ${database} SYNC` });
  await server.close();
});

describe('1. Facts of accounts, kept as events come', () => {
  it('1.1 the start, the ends, the first product line; moments with what they say', async () => {
    await write(0, FIRST);
    expect(await state()).toEqual({ created: '2026-01-05 10:00:00.000000', first: '2026-01-05 10:00:00.000000', last: '2026-01-20 10:00:00.000000', ended: null, line: 'core' }); // prettier-ignore
    const moments = await ask('SELECT type, amount_minor, currency, term_months, plan_tier FROM milepost.moments FINAL ORDER BY at'); // prettier-ignore
    expect(moments).toEqual([
      { type: 'account.created', amount_minor: 0, currency: '', term_months: 0, plan_tier: 'pro' },
      { type: 'subscription.started', amount_minor: 4900, currency: 'EUR', term_months: 1, plan_tier: '' },
    ]);
  });

  it('1.2 an event that comes late moves the start and the line to where they were', async () => {
    await write(10, [event(10, 'report.viewed', '03', { line: 'analytics' }), event(11, 'account.created', '04')]);
    expect(await state()).toMatchObject({ created: '2026-01-04 10:00:00.000000', first: '2026-01-03 10:00:00.000000', line: 'analytics' }); // prettier-ignore
  });

  it('1.3 the same again changes nothing, under its token or past it', async () => {
    const before = await facts();
    await write(0, FIRST);
    await client.command({ query: 'INSERT INTO milepost.events SELECT * FROM milepost.events' });
    expect(await facts()).toEqual(before);
  });

  it('1.4 a block whose view failed is made good by the same range again', async () => {
    const before = await facts();
    await client.command({ query: 'DROP VIEW milepost.moments_of_events' });
    const failing = `CREATE MATERIALIZED VIEW milepost.moments_of_events TO milepost.moments AS
      SELECT account_id, type, occurred_at AS at FROM milepost.events WHERE throwIf(type != '') = 0`;
    await client.command({ query: failing });
    const rows = [event(20, 'subscription.cancelled', '25', { properties: { amountMinor: 0, currency: 'EUR' } })];
    await expect(write(20, rows)).rejects.toMatchObject({ code: 'warehouse-unavailable' });
    const written = 'SELECT count() AS n FROM milepost.events FINAL WHERE journey_offset = 20';
    // The event is there, and what follows from it is not.
    expect([(await ask<{ n: number }>(written))[0]!.n, (await facts()).moments]).toEqual([1, before.moments]);
    await client.command({ query: 'DROP VIEW milepost.moments_of_events' });
    for (const query of statementsOf('moments_of_events')) await client.command({ query });
    await write(20, rows);
    const after = await facts();
    expect(after.moments).toBe(before.moments + 1);
    expect(after.state).toMatchObject({ ended: '2026-01-25 10:00:00.000000' });
    expect((await ask<{ n: number }>(written))[0]!.n).toBe(1);
  });

  it('1.5 what was there before the views is what they would have made', async () => {
    const before = await facts();
    for (const table of ['account_states', 'moments', 'active_days']) {
      await client.command({ query: `TRUNCATE TABLE milepost.${table}` });
    }
    for (const query of statementsOf('')) await client.command({ query });
    expect(await facts()).toEqual(before);
  });
});
