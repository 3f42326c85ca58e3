// A query's time and memory, beside a bare scan of the columns that it reads.
import { readFileSync, writeFileSync } from 'node:fs';
import { query } from '../../libs/clickhouse/dist/sql-files.js';

const NO_LIMITS = { max_execution_time: 600 };

/** The least of `runs`, alone, without the service's limits. Times in seconds, memory in bytes. */
export async function measureQuery(client, pid, { name, parameters }, runs) {
  const text = query(name);
  const run = (query, query_params) => timed(client, query, query_params);
  const scans = scansOf(await explained(client, text, parameters), parameters);
  const memory = peak(pid);
  const first = await run(text, parameters);
  const bytes = memory();
  const seconds = await least(runs - 1, () => run(text, parameters), first.seconds);
  const scanSeconds = [];
  const scanned = new Map();
  for (const scan of scans) {
    const once = await run(scan.query, {});
    const most = scanned.get(scan.table) ?? { rows: 0, bytes: 0 };
    scanned.set(scan.table, {
      rows: Math.max(most.rows, once.read.rows),
      bytes: Math.max(most.bytes, once.read.bytes),
    });
    scanSeconds.push(await least(runs - 1, () => run(scan.query, {}), once.seconds));
  }
  return {
    name,
    seconds,
    rows: first.rows,
    read: first.read,
    memoryBytes: bytes,
    scans: scans.map(({ query }) => query),
    // Each table once: a query that reads one again and again is not to hide in scans that do, too.
    scanRead: { rows: sum([...scanned.values()].map(({ rows }) => rows)), bytes: sum([...scanned.values()].map(({ bytes }) => bytes)) }, // prettier-ignore
    scanSeconds: sum(scanSeconds),
  };
}

const sum = (list) => list.reduce((a, b) => a + b, 0);

/** `read`: rows and bytes of the tables, as ClickHouse counts them: the same whenever it is asked. */
async function timed(client, query, query_params) {
  const began = performance.now();
  const result = await client.query({ query, query_params, format: 'JSONCompact', clickhouse_settings: NO_LIMITS });
  const text = await result.text();
  const seconds = (performance.now() - began) / 1000;
  const [, rows, read, bytes] = /"rows": (\d+),[^]*"rows_read": (\d+),\s+"bytes_read": (\d+)/.exec(text.slice(-1_000)).map(Number); // prettier-ignore
  return { seconds, rows, read: { rows: read, bytes } };
}

async function least(runs, run, known = Infinity) {
  let seconds = known;
  for (let i = 0; i < runs; i++) seconds = Math.min(seconds, (await run()).seconds);
  return seconds;
}

/** The plan with the columns as they are read: before conditions are moved into the reading. */
async function explained(client, text, query_params) {
  const settings = { optimize_move_to_prewhere: 0 };
  const result = await client.query({ query: `EXPLAIN PLAN header = 1 ${text}`, query_params, format: 'TabSeparatedRaw', clickhouse_settings: settings }); // prettier-ignore
  return result.text();
}

/** Of each table that the plan reads, a scan of the very columns: `ignore` reads them and does no more. */
function scansOf(plan, { snapshot }) {
  return [...plan.matchAll(/ReadFromMergeTree \((.+)\)\n([^]*?)Read type/g)].map(([, table, header]) => {
    const columns = header
      .replace('Header:', '')
      .split('\n')
      .map((line) => /^[\s│└─]*([\w.]+) /.exec(line)?.[1])
      .filter(Boolean);
    if (columns.length === 0) throw new Error(`No columns in the plan's reading of ${table}: ${header}`);
    const own = table.endsWith('account_rows') ? `snapshot = ${snapshot} AND ` : '';
    return { table, query: `SELECT count() FROM ${table} WHERE ${own}NOT ignore(${columns.join(', ')})` };
  });
}

/** What the engine's process takes beyond what it had, at the most; null where it is not a process of ours. */
function peak(pid) {
  if (pid === undefined) return () => null;
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  const before = kilobytes(pid, 'VmRSS');
  return () => Math.max(0, kilobytes(pid, 'VmHWM') - before) * 1024;
}

/** @returns of the process, as the kernel tells it */
export const kilobytes = (pid, name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]); // prettier-ignore
