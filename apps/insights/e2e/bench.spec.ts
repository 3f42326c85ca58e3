import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { QUESTIONS } from '../src/testing/questions.js';

interface Read {
  rows: number;
  bytes: number;
}
interface Query {
  name: string;
  fault?: string;
  rows: number;
  read: Read;
  scanRead: Read;
  scans: string[];
}
interface Figures {
  accounts: number;
  events: number;
  ofSnapshot: Query[];
  requests: { path: string; status: number; says: string; queries: Query[] }[];
}

const ACCOUNTS = 3_000;
const SOURCES = 'apps/insights/src';
const folder = mkdtempSync(join(tmpdir(), 'milepost-bench-spec-'));
let figures: Figures;
let said: string;
const queries = (): Query[] => [...figures.ofSnapshot, ...figures.requests.flatMap((one) => one.queries)];

/** Names of files of SQL that the service's code holds; a replay reads events, within limits of its own. */
function namesInSources(): string[] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.startsWith('testing'))
    .map((file) => readFileSync(join(SOURCES, file), 'utf8'));
  const literals = texts.flatMap((text) => [...text.matchAll(/'([a-z-]+)'/g)].map(([, name]) => name!));
  const names = [...new Set(literals)].filter((name) => existsSync(`libs/clickhouse/queries/${name}.sql`));
  return names.filter((name) => !name.startsWith('history-')).sort();
}

beforeAll(async () => {
  const json = join(folder, 'figures.json');
  // In figures of its own, without a word about how long anything took.
  const bench = ['bench/insights/main.mjs', '--accounts', String(ACCOUNTS), '--runs', '1', '--json', json];
  said = (await promisify(execFile)(process.execPath, bench, { env: { ...process.env, NODE_OPTIONS: '' } })).stdout;
  figures = JSON.parse(readFileSync(json, 'utf8')) as Figures;
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('1. The bench of the API, on a company that is small', () => {
  it('1.1 every question is asked of the service as it runs, and answered', () => {
    expect(figures.requests.map(({ path, status }) => [path, status])).toEqual(QUESTIONS.map(({ path }) => [path, 200])); // prettier-ignore
    for (const { says, queries } of figures.requests) expect([says.endsWith('.'), queries.length > 0]).toEqual([true, true]); // prettier-ignore
    expect(figures.events).toBeGreaterThan(30 * ACCOUNTS);
    for (const { path } of QUESTIONS) expect(said).toContain(`| \`${path}\` | 200 |`);
  });

  it('1.2 every query that the service asks, of a question or once a snapshot, is among what is measured, and none failed', () => {
    expect(queries().filter(({ fault }) => fault !== undefined)).toEqual([]);
    const measured = new Set(queries().map(({ name }) => name));
    expect(namesInSources().filter((name) => !measured.has(name))).toEqual([]);
    expect([...measured]).toEqual(expect.arrayContaining(['expansion-periods', 'expansion-times', 'learnt-size']));
  });

  it('1.3 each reads no more than three times what a bare scan of its tables does', () => {
    const reading = queries().filter(({ scans }) => scans.length > 0);
    // The planted company has no rejected records, and nobody was erased: an empty table is not read.
    const unread = new Set(queries().filter(({ scans }) => scans.length === 0).map(({ name }) => name)); // prettier-ignore
    expect([...unread].sort()).toEqual(['erased-accounts', 'quality-rejected']);
    for (const { name, read, scanRead } of reading) {
      expect([name, scanRead.rows >= ACCOUNTS, scanRead.bytes > 0, read.rows > 0]).toEqual([name, true, true, true]);
      expect([name, read.rows <= 3 * scanRead.rows, read.bytes <= 3 * scanRead.bytes]).toEqual([name, true, true]);
    }
  });
});
