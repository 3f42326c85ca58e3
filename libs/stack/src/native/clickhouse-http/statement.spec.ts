import { describe, expect, it } from '@jest/globals';
import { outline, readStatement } from './statement.js';

const read = (query: string, body = '', format = 'TabSeparated') => readStatement(query, Buffer.from(body), format);

describe('an insert with data', () => {
  it.each([
    ['INSERT INTO t FORMAT JSONEachRow', '{"a":1}'],
    ['insert into db.t (a, `b;c`)  settings async_insert=0 format JSONCompactEachRow', '[1]'],
    ['INSERT INTO t (* EXCEPT (a, b)) FORMAT CSV', '1;2'],
    ['INSERT INTO t (values, format) VALUES', "(1, 'x;y')"],
    ['INSERT INTO {db:Identifier}.{table:Identifier} FORMAT TSV', '1'],
    ['-- a note; with a semicolon\nINSERT INTO `q t` FORMAT RowBinary', '\u0001'],
  ])('is cut after the words that announce its data: %s', (query, data) => {
    for (const statement of [read(query, data), read('', `${query}\n${data}`)]) {
      expect(statement).toMatchObject({ kind: 'insert', prefix: query });
      expect(statement.kind === 'insert' && statement.data.toString()).toBe(data);
    }
  });

  it('keeps its bytes, whatever they are', () => {
    const data = Buffer.from([0x20, 0x0a, 0x00, 0xff, 0x3b, 0x80]);
    const statement = readStatement('INSERT INTO t FORMAT RowBinary', data, 'TabSeparated');
    expect(statement.kind === 'insert' && statement.data).toEqual(data);
  });

  it('is refused from input(), whose data chDB would drop in silence', () => {
    expect(() => read("INSERT INTO t SELECT a FROM input('a Int8') FORMAT CSV", '1')).toThrow('NOT_IMPLEMENTED');
  });
});

describe('a statement', () => {
  it.each(['SELECT 1; SELECT 2', 'SELECT 1;\n-- end\n; DROP TABLE t'])('must be alone: %s', (sql) => {
    expect(() => read(sql)).toThrow('Multi-statements are not allowed');
  });

  it.each(["SELECT ';'; ", 'SELECT 1 -- a; b', 'SELECT `a;b` /* ; */ FROM t;'])('may hold semicolons: %s', (sql) => {
    expect(read(sql)).toMatchObject({ kind: 'rows' });
  });

  it('is refused when it is empty, or would write a file', () => {
    expect(() => read(' -- nothing')).toThrow('Empty query');
    expect(() => read("SELECT 1 INTO OUTFILE '/tmp/x'")).toThrow('INTO_OUTFILE_NOT_ALLOWED');
  });

  it.each([
    ['SELECT 1', 'CSV'],
    ['INSERT INTO t SELECT a FROM x FORMAT JSON', 'JSON'],
    ['SELECT 1 FORMAT JSON', 'JSON'],
    ['SELECT 1 format JSONEachRow settings max_threads=1;', 'JSONEachRow'],
    ["SELECT 'FORMAT JSON'", 'CSV'],
  ])('names its format, or has the default: %s', (sql, format) => {
    expect(read(sql, '', 'CSV')).toMatchObject({ format });
  });
});

describe('a result is streamed', () => {
  it.each([
    'SELECT a FROM t',
    'WITH x AS (SELECT 1) SELECT * FROM x',
    'SELECT * FROM (SELECT 1) JOIN (SELECT 2) USING a',
  ])('when rows are lines and nothing is computed beforehand: %s', (sql) =>
    expect(read(`${sql} FORMAT JSONEachRow`)).toMatchObject({ streamable: true }),
  );

  it.each([
    'SELECT a FROM t FORMAT JSON',
    'SELECT a FROM t FORMAT CSVWithNames',
    'SELECT (SELECT max(a) FROM t) FORMAT CSV',
    'SELECT a FROM t WHERE a IN (SELECT 1) FORMAT CSV',
    'SHOW TABLES FORMAT CSV',
  ])('otherwise not: %s', (sql) => expect(read(sql)).toMatchObject({ streamable: false }));
});

it('the outline keeps every character in its place', () => {
  const sql = "a 'it\\'s; ok' \"b;\" -- c;\n /* d; */ `e;`";
  expect(outline(sql)).toHaveLength(sql.length);
  expect(outline(sql)).not.toContain(';');
});
