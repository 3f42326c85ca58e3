import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LogRecord } from '@milepost/stream';
import { createClickHouse } from './clickhouse-client.js';
import type { ClickHouseClient } from './clickhouse-client.js';
import { migrate } from './migrate.js';
import { clickhouseRangeWriter } from './range-writer.js';
import type { RowMapping } from './range-writer.js';

const TABLE = 'milepost.rejected';

/** A mapping with one row a record, months apart, so that a block spans years. */
const mapping: RowMapping = {
  schemaVersion: 'test-1',
  toRows: (records) => [
    {
      table: TABLE,
      columns: ['source_partition', 'source_offset', 'record_key', 'received_at', 'topic_offset'],
      rows: records.map(({ partition, offset }) => [
        partition,
        offset,
        `it's "${offset}"`,
        `${2000 + (offset % 30)}-01-01T00:00:00.123456Z`,
        offset,
      ]),
    },
  ],
};

const recordsOf = (from: number, to: number): LogRecord[] =>
  Array.from({ length: to - from }, (_, i) => ({
    topic: 'onboarding.rejected',
    partition: 60_000,
    offset: from + i,
    timestamp: 0,
    key: null,
    value: null,
    headers: {},
  }));

describe('1. A range is written once', () => {
  let client: ClickHouseClient;
  const writer = () => clickhouseRangeWriter(client, mapping);
  const write = (from: number, to: number) =>
    writer().write(
      { topic: 'onboarding.rejected', partition: 60_000, from, to, schemaVersion: 'test-1' },
      recordsOf(from, to),
    );
  const count = async (): Promise<number> => {
    const query = `SELECT count() AS n FROM ${TABLE} WHERE source_partition = 60000`;
    const [row] = await (await client.query({ query, format: 'JSONEachRow' })).json<{ n: string }>();
    return Number(row!.n);
  };

  beforeAll(async () => {
    client = createClickHouse(process.env['CLICKHOUSE_URL']!);
    await migrate(client);
  });
  afterAll(() => client.close());

  it('1.1 migrations that are applied are not applied again', async () => {
    expect(await migrate(client)).toEqual([]);
  });

  it('1.2 written again, at once or after others, it changes nothing', async () => {
    await write(0, 500);
    expect(await count()).toBe(500);
    await write(0, 500);
    await write(500, 600);
    await write(600, 601);
    await write(0, 500);
    await write(500, 600);
    expect(await count()).toBe(601);
  });

  it('1.3 the same rows in another range are other rows', async () => {
    await write(700, 710);
    await write(700, 711);
    expect(await count()).toBe(601 + 10 + 11);
  });

  it('1.4 past the window of tokens, repeats collapse by their coordinates', async () => {
    await client.command({ query: `OPTIMIZE TABLE ${TABLE} FINAL` });
    expect(await count()).toBe(601 + 11);
  });

  it('1.5 what ClickHouse refuses is an error that says what to do', async () => {
    const broken: RowMapping = {
      schemaVersion: 'test-1',
      toRows: () => [{ table: TABLE, columns: ['nowhere'], rows: [[1]] }],
    };
    const range = { topic: 'onboarding.rejected', partition: 60_000, from: 0, to: 1, schemaVersion: 'test-1' };
    await expect(clickhouseRangeWriter(client, broken).write(range, recordsOf(0, 1))).rejects.toThrow(
      /^warehouse-unavailable: .*nowhere.*resumes by itself/s,
    );
  });
});
