import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClickHouse } from './clickhouse-client.js';
import { migrate } from './migrate.js';
import { newestClock } from './snapshots.js';
import { inDatabase } from './testing/own-database.js';

const database = `clocks_${process.pid}`;
const server = createClickHouse(process.env['CLICKHOUSE_URL']!);
const client = inDatabase(server, database);
const DAY = 86_400_000;
const DAYS = 60;

beforeAll(() => migrate(client));
afterAll(async () => {
  await server.command({ query: `DROP DATABASE IF EXISTS ${database} SYNC` });
  await server.close();
});

describe('The newest stream time of the warehouse', () => {
  it('is that of any of the parts that have not been merged, in whatever order they came', async () => {
    expect(await newestClock(client)).toBeNull();
    await client.command({ query: 'SYSTEM STOP MERGES milepost.stream_time' });
    const last = Date.UTC(2026, 5, 1);
    // A history that is read back by partition: the partition with the newest events came first.
    for (let day = 0; day < DAYS; day++) {
      const clock = new Date(last - day * DAY).toISOString().slice(0, 19).replace('T', ' ');
      await client.insert({ table: 'milepost.stream_time', values: [{ source_partition: 0, journey_offset: day, clock }], format: 'JSONEachRow' }); // prettier-ignore
    }
    expect(await newestClock(client)).toBe(last * 1000);
  });
});
