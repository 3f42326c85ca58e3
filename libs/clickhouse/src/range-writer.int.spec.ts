import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY, formatTime } from '@milepost/contracts';
import { InfrastructureError } from '@milepost/stream';
import type { FrozenRange, LogRecord } from '@milepost/stream';
import { RANGE_WRITER_CONTRACT } from '@milepost/stream/testing';
import { createClickHouse } from './clickhouse-client.js';
import { migrate } from './migrate.js';
import { clickhouseRangeWriter, tokenOf } from './range-writer.js';
import type { RowMapping } from './range-writer.js';
import { inDatabase } from './testing/own-database.js';

const database = `ranges_${process.pid}`;
const server = createClickHouse(process.env['CLICKHOUSE_URL']!);
const client = inDatabase(server, database);
const TABLE = 'milepost.rejected';
const COLUMNS = ['topic_partition', 'topic_offset', 'record_key', 'received_at'];

beforeAll(async () => {
  await migrate(client);
  // Parts as they were written, so that a count of rows is of what inserts left and not of what merges tidied up.
  await client.command({ query: `SYSTEM STOP MERGES ${TABLE}` });
});
afterAll(async () => {
  await server.command({ query: `DROP DATABASE IF EXISTS ${database} SYNC` });
  await server.close();
});

const mapping = (schemaVersion = 'test-1', table = TABLE): RowMapping => ({
  schemaVersion,
  toRows: (records) => [
    {
      table,
      columns: COLUMNS,
      rows: records.map(({ partition, offset, key, timestamp }) => [
        partition,
        offset,
        key!.toString(),
        formatTime(timestamp),
      ]),
    },
  ],
});
const writer = clickhouseRangeWriter(client, mapping());

/** Every test has a partition of its own in one table. */
const range = (partition: number, from: number, to: number): FrozenRange => ({
  topic: 'onboarding.rejected',
  partition,
  from,
  to,
  schemaVersion: 'test-1',
});
const recordsOf = ({ topic, partition, from, to }: FrozenRange, apart = 1000): LogRecord[] =>
  Array.from({ length: to - from }, (_, i) => ({
    topic,
    partition,
    offset: from + i,
    timestamp: 1_400_000_000_000_000 + i * apart,
    key: Buffer.from(`acct_${from + i}`),
    value: null,
    headers: {},
  }));
const write = (one: FrozenRange, by = writer) => by.write(one, recordsOf(one));

async function ask(query: string, partition: number): Promise<number> {
  const result = await client.query({ query, query_params: { partition }, format: 'JSONCompactEachRow' });
  return Number((await result.json<[string]>())[0]![0]);
}
const rows = (partition: number, final = '') =>
  ask(`SELECT count() FROM ${TABLE} ${final} WHERE topic_partition = {partition:UInt16}`, partition);
const parts = (partition: number) =>
  ask(`SELECT uniqExact(_part) FROM ${TABLE} WHERE topic_partition = {partition:UInt16}`, partition);

describe('1. The same range again', () => {
  it('1.1 changes nothing', async () => {
    for (let i = 0; i < 3; i++) await write(range(1, 0, 50));
    expect(await rows(1)).toBe(50);
  });

  it('1.2 changes nothing with other ranges, of this and of other partitions, in between', async () => {
    await write(range(2, 0, 50));
    for (let i = 1; i <= 20; i++) await write(range(2 + (i % 2) * 100, 50 * i, 50 * (i + 1)));
    await write(range(2, 0, 50));
    expect([await rows(2), await rows(102)]).toEqual([550, 500]);
  });

  it('1.3 changes nothing from several writers at once', async () => {
    const others = Array.from({ length: 4 }, () => clickhouseRangeWriter(client, mapping()));
    await Promise.all(others.map((other) => write(range(3, 0, 500), other)));
    expect(await rows(3)).toBe(500);
  });

  it('1.4 changes nothing after the table was loaded anew from its disk', async () => {
    await write(range(4, 0, 50));
    await client.command({ query: `DETACH TABLE ${TABLE} SYNC` });
    await client.command({ query: `ATTACH TABLE ${TABLE}` });
    await client.command({ query: `SYSTEM STOP MERGES ${TABLE}` });
    await write(range(4, 0, 50));
    expect(await rows(4)).toBe(50);
  });

  it('1.5 past the window stands twice until it is read as FINAL or merged', async () => {
    await write(range(5, 0, 50));
    await write({ ...range(5, 0, 50), schemaVersion: 'token that was forgotten' });
    expect([await rows(5), await rows(5, 'FINAL')]).toEqual([100, 50]);
    await client.command({ query: `SYSTEM START MERGES ${TABLE}` });
    await client.command({ query: `OPTIMIZE TABLE ${TABLE} FINAL` });
    await client.command({ query: `SYSTEM STOP MERGES ${TABLE}` });
    expect(await rows(5)).toBe(50);
  });
});

describe('2. A range is one block', () => {
  it('2.1 whose rows span fifty years', async () => {
    const decades = range(10, 0, 600);
    for (let i = 0; i < 2; i++) await writer.write(decades, recordsOf(decades, 30 * DAY));
    expect([await rows(10), await parts(10)]).toEqual([600, 1]);
  });

  it('2.2 of more bytes than ClickHouse reads at a time', async () => {
    const large = range(11, 0, 200_000);
    for (let i = 0; i < 2; i++) await write(large);
    expect([await rows(11), await parts(11)]).toEqual([200_000, 1]);
  });

  it('2.3 where the server is set to small ones', async () => {
    const url = new URL(process.env['CLICKHOUSE_URL']!);
    url.search = 'ch_max_insert_block_size=100&ch_min_insert_block_size_rows=100&ch_input_format_parallel_parsing=0';
    const small = createClickHouse(url.href);
    const one = range(13, 0, 5_000);
    for (let i = 0; i < 2; i++) await write(one, clickhouseRangeWriter(inDatabase(small, database), mapping()));
    await small.close();
    expect([await rows(13), await parts(13)]).toEqual([5_000, 1]);
  });

  it('2.4 and none when it has no rows', async () => {
    const empty = clickhouseRangeWriter(client, { schemaVersion: 'test-1', toRows: () => [{ table: 'no.table', columns: [], rows: [] }] }); // prettier-ignore
    await expect(write(range(12, 0, 1), empty)).resolves.toBeUndefined();
  });
});

describe('3. What a token says', () => {
  it('3.1 range, table and version', () => {
    expect(tokenOf(range(7, 3, 9), 'milepost.events')).toBe('onboarding.rejected/7/3-9/milepost.events/test-1');
  });

  it('3.2 the same offsets of another topic, partition or version are other rows', async () => {
    await write(range(20, 0, 10));
    await writer.write({ ...range(20, 0, 10), topic: 'another' }, recordsOf(range(20, 10, 20)));
    await writer.write({ ...range(20, 0, 10), partition: 21 }, recordsOf(range(20, 20, 30)));
    await writer.write({ ...range(20, 0, 10), schemaVersion: 'test-2' }, recordsOf(range(20, 30, 40)));
    expect(await rows(20)).toBe(40);
  });

  it('3.3 a range that overlaps another is another: only exactly the same is recognised', async () => {
    await write(range(22, 700, 710));
    await write(range(22, 700, 711));
    expect([await rows(22), await rows(22, 'FINAL')]).toEqual([21, 11]);
  });
});

describe('4. What goes wrong', () => {
  const faultOf = (work: Promise<void>) => work.then(() => null, (fault: unknown) => fault as InfrastructureError); // prettier-ignore

  it('4.1 rows that do not fit are told by range, fault and column; their words stay out of the message', async () => {
    const bad = clickhouseRangeWriter(client, {
      schemaVersion: 'test-1',
      toRows: () => [{ table: TABLE, columns: COLUMNS, rows: [[30, 1, 'acct_private', 'no date, acct_private']] }],
    });
    const fault = await faultOf(write(range(30, 0, 1), bad));
    expect(fault).toBeInstanceOf(InfrastructureError);
    expect(fault!.message).toMatch(
      /^warehouse-unavailable: milepost\.rejected, onboarding\.rejected\/30 \[0, 1\): ClickHouse refused the rows, CANNOT_PARSE_DATETIME \(41\) in received_at\./,
    );
    expect(`${fault!.message}${String(fault!.cause)}`).not.toContain('acct_private');
  });

  it('4.2 after a failure the same token is still free', async () => {
    const once = range(31, 0, 10);
    const broken = clickhouseRangeWriter(client, {
      ...mapping(),
      toRows: () => [{ table: TABLE, columns: COLUMNS, rows: [[31, 0, 'a', formatTime(0)], [31, 1, 'a', 'no date']] }], // prettier-ignore
    });
    expect(await faultOf(write(once, broken))).not.toBeNull();
    expect(await rows(31)).toBe(0);
    await write(once);
    expect(await rows(31)).toBe(10);
  });

  it('4.3 a missing table or column is named', async () => {
    const nowhere: RowMapping = { ...mapping(), toRows: () => [{ table: TABLE, columns: ['nowhere'], rows: [[1]] }] };
    expect((await faultOf(write(range(32, 1, 2), clickhouseRangeWriter(client, nowhere))))!.message).toMatch(
      /^warehouse-unavailable: .*nowhere.*resumes by itself/s,
    );
    const fault = await faultOf(write(range(32, 0, 1), clickhouseRangeWriter(client, mapping('1', 'milepost.none'))));
    expect(fault).toMatchObject({ code: 'warehouse-unavailable', cause: { type: 'UNKNOWN_TABLE' } });
    expect(fault!.message).toContain(`Table ${database}.none does not exist`);
  });

  it('4.4 nobody there: the code that makes the host wait, and no password in it', async () => {
    const gone = createClickHouse('http://milepost:hunter2@127.0.0.1:1');
    const nobody = clickhouseRangeWriter(gone, mapping());
    for (const work of [write(range(33, 0, 1), nobody), nobody.ping()]) {
      const fault = await faultOf(work);
      expect(fault).toMatchObject({ code: 'warehouse-unavailable', stops: false });
      expect(`${fault!.stack}${String(fault!.cause)}`).not.toContain('hunter2');
    }
    await gone.close();
  });
});

describe('5. The contract of the port:', () => {
  const offsets = async (partition: number): Promise<number[]> => {
    const query = `SELECT topic_offset FROM ${TABLE} WHERE topic_partition = {partition:UInt16} ORDER BY topic_offset`;
    const result = await client.query({ query, query_params: { partition }, format: 'JSONCompactEachRow' });
    return (await result.json<[string]>()).map(([offset]) => Number(offset));
  };
  it.each(RANGE_WRITER_CONTRACT.map((clause, i) => ({ ...clause, partition: 200 + i })))(
    '$promise',
    ({ holds, partition }) =>
      holds({ writer, topic: 'onboarding.rejected', partition, written: () => offsets(partition) }),
  );
});
