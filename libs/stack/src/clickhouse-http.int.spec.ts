import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import type { ClickHouseClient } from '@clickhouse/client';

/** What Milepost asks of ClickHouse over HTTP. The server passes it too; the native stand-in must. */
const url = process.env['CLICKHOUSE_URL']!;
const database = `stack_${process.pid}`;
let client: ClickHouseClient;

beforeAll(async () => {
  const admin = createClient({ url });
  await admin.command({ query: `CREATE DATABASE ${database}` });
  await admin.close();
  client = createClient({ url, database, max_open_connections: 20, log: { level: ClickHouseLogLevel.OFF } });
});
afterAll(async () => {
  await client.command({ query: `DROP DATABASE ${database}` });
  await client.close();
});

/** `a` and how many, of table t. */
async function rows(): Promise<unknown> {
  const result = await client.query({ query: 'SELECT a FROM t ORDER BY a', format: 'JSONEachRow' });
  return (await result.json<{ a: number }>()).map(({ a }) => a);
}
const insert = (values: unknown[], clickhouse_settings = {}) =>
  client.insert({ table: 't', values, format: 'JSONCompactEachRow', clickhouse_settings });

beforeEach(async () => {
  await client.command({ query: 'DROP TABLE IF EXISTS t SYNC' });
  await client.command({
    query: `CREATE TABLE t (a UInt32, s String) ENGINE = MergeTree ORDER BY a
            SETTINGS non_replicated_deduplication_window = 100`,
  });
});

describe('1. talking', () => {
  it('answers ping', async () => {
    expect(await client.ping({ select: false })).toEqual({ success: true });
    expect(await client.ping({ select: true })).toEqual({ success: true });
  });

  it('keeps the query id, names the format, sums up what was read', async () => {
    const result = await client.query({ query: 'SELECT count() FROM t', query_id: 'mine', format: 'JSON' });
    expect(result.query_id).toBe('mine');
    expect(result.response_headers).toMatchObject({
      'x-clickhouse-query-id': 'mine',
      'x-clickhouse-format': 'JSON',
      'content-type': expect.stringMatching(/^application\/json/),
      'x-clickhouse-summary': expect.stringMatching(/"read_rows":"\d+"/),
    });
    expect((await result.json<{ 'count()': string }>()).data).toEqual([{ 'count()': expect.anything() }]);
  });

  it.each([true, false])('compresses both ways: %s', async (on) => {
    const zipped = createClient({ url, database, compression: { request: on, response: on } });
    const values = Array.from({ length: 500 }, (_, a) => ({ a, s: `Grüße ${a} \u0000` }));
    await zipped.insert({ table: 't', values, format: 'JSONEachRow' });
    const result = await zipped.query({ query: 'SELECT * FROM t ORDER BY a', format: 'JSONEachRow' });
    expect(result.response_headers['content-encoding']).toBe(on ? 'gzip' : undefined);
    expect(await result.json()).toEqual(values);
    await zipped.close();
  });
});

describe('2. parameters and settings', () => {
  it.each([
    ['String', "it's \t a 'test' \\ \n 日本"],
    ['Array(UInt8)', [1, 2, 3]],
    ['Nullable(String)', null],
    ['Map(String, UInt8)', { a: 1 }],
  ])('binds %s', async (type, value) => {
    const query = `SELECT {value:${type}} AS value`;
    const result = await client.query({ query, query_params: { value }, format: 'JSONEachRow' });
    expect(await result.json()).toEqual([{ value }]);
  });

  it('binds what is too long for a URL', async () => {
    const value = 'x'.repeat(100_000);
    const query = 'SELECT length({value:String}) AS n';
    const result = await client.query({
      query,
      query_params: { value },
      format: 'JSONEachRow',
      use_multipart_params: true,
    });
    expect(Number((await result.json<{ n: string }>())[0]!.n)).toBe(100_000);
  });

  it('a setting holds for its request alone', async () => {
    const query = "SELECT getSetting('max_block_size') AS value FORMAT TabSeparated";
    const ask = async (clickhouse_settings = {}) => {
      const { stream } = await client.exec({ query, clickhouse_settings });
      let text = '';
      for await (const chunk of stream) text += String(chunk);
      return text.trim();
    };
    const usual = await ask();
    expect(await ask({ max_block_size: '1234' })).toBe('1234');
    expect(await ask()).toBe(usual);
  });

  it('200 at once do not mix', async () => {
    const asks = Array.from({ length: 200 }, async (_, i) => {
      const query = "SELECT {i:UInt32} AS i, getSetting('max_block_size') AS size";
      const settings = { max_block_size: String(1000 + i) };
      const asked = { query, query_params: { i }, clickhouse_settings: settings, format: 'JSONEachRow' as const };
      const [row] = await (await client.query(asked)).json<{ i: number; size: string }>();
      expect([row!.i, Number(row!.size)]).toEqual([i, 1000 + i]);
    });
    await Promise.all(asks);
  });

  it('a GET may only read', async () => {
    const response = await fetch(`${url}/?database=${database}&query=${encodeURIComponent('DROP TABLE t')}`);
    expect(response.headers.get('x-clickhouse-exception-code')).toBe('164');
    await response.text();
  });
});

describe('3. inserts', () => {
  const token = (insert_deduplication_token: string) => ({ insert_deduplication_token, async_insert: 0 as const });

  it('the same token again is dropped, another is kept, and no token leaves none behind', async () => {
    await insert([[1, 'a']], token('first'));
    await insert([[1, 'a']], token('first'));
    expect(await rows()).toEqual([1]);
    await insert([[1, 'a']], token('second'));
    await insert([[2, 'b']]);
    await insert([[3, 'c']]);
    expect(await rows()).toEqual([1, 1, 2, 3]);
  });

  it('takes a stream, and nothing', async () => {
    await insert([]);
    expect(await rows()).toEqual([]);
  });

  it('keeps bytes that are not text', async () => {
    const body = Buffer.from([0x20, 0x0a, 0, 0, 4, 0x00, 0xff, 0x0a, 0x3b]);
    const query = encodeURIComponent('INSERT INTO t FORMAT RowBinary');
    const response = await fetch(`${url}/?database=${database}&query=${query}`, { method: 'POST', body });
    expect(response.status).toBe(200);
    const result = await client.query({ query: 'SELECT a, hex(s) AS hex FROM t', format: 'JSONEachRow' });
    expect(await result.json()).toEqual([{ a: 0x0a20, hex: '00FF0A3B' }]);
  });
});

describe('4. errors', () => {
  it.each([
    ['SELECT * FROM nowhere', '60', 'UNKNOWN_TABLE', 404],
    ['SELEKT 1', '62', 'SYNTAX_ERROR', 400],
    ['SELECT 1; SELECT 2', '62', 'SYNTAX_ERROR', 400],
    ['SELECT nothing', '47', 'UNKNOWN_IDENTIFIER', 404],
    ['SELECT {missing:String}', '456', 'UNKNOWN_QUERY_PARAMETER', 500],
    ["SELECT throwIf(number = 3, 'told') FROM numbers(5)", '395', 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO', 500],
  ])('%s', async (query, code, type, status) => {
    await expect(client.command({ query })).rejects.toMatchObject({ code, type });
    const response = await fetch(url, { method: 'POST', body: query });
    expect([response.status, response.headers.get('x-clickhouse-exception-code')]).toEqual([status, code]);
    expect(await response.text()).toMatch(new RegExp(`^Code: ${code}\\. DB::Exception: [^]*\\(${type}\\) \\(version`));
  });

  it('data that does not fit', async () => {
    await expect(insert([['not a number', 'x']])).rejects.toMatchObject({ code: '27' });
    await expect(insert([[1, 'x']], { no_such_setting: 1 })).rejects.toMatchObject({ code: '115' });
  });
});

describe('5. size and company', () => {
  it('streams a large result', async () => {
    const query = 'SELECT number AS a, toString(number) AS s FROM numbers(2000000)';
    const result = await client.query({ query, format: 'JSONCompactEachRow' });
    let count = 0;
    for await (const some of result.stream()) count += some.length;
    expect(count).toBe(2_000_000);
  });

  it('a reader that leaves takes nothing with it', async () => {
    const query = 'SELECT number, randomPrintableASCII(100) FROM numbers(100000000)';
    const result = await client.query({ query, format: 'JSONCompactEachRow' });
    for await (const some of result.stream()) if (some.length > 0) break;
    result.close();
    // Side by side: what one reader's leaving breaks is another's result.
    const answers = await Promise.all(Array.from({ length: 10 }, () => client.ping({ select: true })));
    expect(answers).toEqual(Array(10).fill({ success: true }));
  });

  it('a quick query does not wait behind slow ones', async () => {
    const slowly = 'SELECT sleepEachRow(1) FROM numbers(3)';
    let running = 6;
    const slow = [
      slowly,
      slowly,
      slowly,
      `SELECT (${slowly} LIMIT 1)`,
      `${slowly} FORMAT JSON`,
      `${slowly} FORMAT CSV`,
    ].map(async (query) => {
      await (await client.exec({ query })).stream.resume().toArray();
      running--;
    });
    await new Promise((done) => setTimeout(done, 300)); // They must be at work; nothing tells when they are.
    await (await client.query({ query: 'SELECT 1' })).text();
    expect(running).toBe(6);
    await Promise.all(slow);
  });
});
