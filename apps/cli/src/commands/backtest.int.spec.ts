import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClickHouse, migrate } from '@milepost/clickhouse';
import { inDatabase } from '@milepost/clickhouse/testing';
import { formatTime } from '@milepost/contracts';
import { simulateHistory } from '@milepost/simulator';
import { ConnectionsTo } from '../testing/connections-to.js';
import { eventRow } from '../testing/event-rows.js';
import { printed } from '../testing/printed.js';
import { backtest } from './backtest.command.js';
import type { BacktestOptions, BacktestReport } from './backtest.command.js';

const database = `backtest_${process.pid}`;
const server = createClickHouse(process.env['CLICKHOUSE_URL']!);
const client = inDatabase(server, database);
const connections = new ConnectionsTo(`${database}-`, client);
const folder = mkdtempSync(join(tmpdir(), 'milepost-backtest-'));
const EXAMPLE = 'docs/examples/proposed-signal.yaml';
const DAY = 86_400_000_000;
/** Long ago: what the wall clock says since must not matter. */
const END = Date.UTC(2025, 5, 1) * 1000;
const COMPANY = { seed: 7, accounts: 150, days: 120, endsAt: END };
const options: BacktestOptions = { signal: EXAMPLE, foretells: null, withinDays: 60, json: true };

const insert = (table: string, values: object[]) =>
  client.insert({ table: `milepost.${table}`, values, format: 'JSONEachRow', clickhouse_settings: { date_time_input_format: 'best_effort' } }); // prettier-ignore
const clockAt = (at: number, journey_offset: number) =>
  insert('stream_time', [{ source_partition: 0, journey_offset, clock: formatTime(at) }]);
const report = async (more: Partial<BacktestOptions> = {}): Promise<BacktestReport> =>
  JSON.parse(await printed(() => backtest(connections, { ...options, ...more }))) as BacktestReport;
function proposal(text: string): string {
  const file = join(folder, 'proposal.yaml');
  writeFileSync(file, text);
  return file;
}

beforeAll(async () => {
  await migrate(client);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.command({ query: `DROP DATABASE IF EXISTS ${database} SYNC` });
  await server.close();
});

describe('milepost backtest', () => {
  it('1. says what to do where there is no history', async () => {
    await expect(backtest(connections, options)).rejects.toThrow('milepost simulate');
    await insert('events', [...simulateHistory(COMPANY)].map(eventRow));
    await clockAt(END, 1e9);
  });

  it('2. tells of every account, by segment, beside the rules in force', async () => {
    const { signal, foretells, accounts, events, proposed, current } = await report();
    expect({ signal, foretells, accounts }).toEqual({ signal: 'at-risk', foretells: 'subscription.cancelled', accounts: 150 }); // prettier-ignore
    expect(events).toBe([...simulateHistory(COMPANY)].length);
    const [all, ...segments] = proposed;
    expect(segments.map(({ segment }) => segment)).toEqual(['smb', 'mid-market', 'enterprise']);
    expect(segments.reduce((sum, one) => sum + one.alarms, 0)).toBe(all!.alarms);
    expect(current[0]!.alarms).toBeGreaterThan(all!.alarms);
    const text = await printed(() => backtest(connections, { ...options, json: false }));
    expect(text).toMatch(/^at-risk: does subscription.cancelled follow within 60 days\? 150 accounts/);
    expect(text).toContain('In force');
    expect(text).toContain(`${all!.alarms}`);
  });

  it('3. observes to stream time: the silence after the end of a stream is no alarm, and decides none', async () => {
    const [atEnd] = (await report()).proposed;
    expect(atEnd!.undecided).toBeGreaterThan(0);
    // The live decider comes to as many alarms once stream time has moved on, and all are decided.
    await clockAt(END + 90 * DAY, 1e9 + 1);
    const [later] = (await report()).proposed;
    expect(later!.alarms).toBeGreaterThan(atEnd!.alarms);
    expect(later!.precision.value!.estimate).toBeLessThan(atEnd!.precision.value!.estimate);
    await client.command({ query: 'TRUNCATE TABLE milepost.stream_time' });
    await clockAt(END, 1e9);
  });

  it('4. foretells another event and within another time', async () => {
    const { foretells, withinDays, proposed } = await report({ foretells: 'subscription.renewed', withinDays: 30 });
    expect({ foretells, withinDays }).toEqual({ foretells: 'subscription.renewed', withinDays: 30 });
    expect(proposed[0]!.recall.of).toBeGreaterThan(0);
    await expect(report({ foretells: 'rain' })).rejects.toThrow(
      /no event rain; --foretells wants one of account\.created/,
    );
  });

  it.each([
    ['a file that is not there', join(folder, 'none.yaml'), /none\.yaml can't be read: there is no such file/],
    ['it with what is wanted', join(folder, 'none.yaml'), new RegExp(`proposed .signals., .*; ${EXAMPLE} in the repo`)],
    ['a folder', folder, /EISDIR.*--signal wants/],
    ['no change', proposal('signals: {}\n'), /changes no signal/],
  ])('5. refuses %s', async (_, signal, words) => {
    await expect(report({ signal })).rejects.toThrow(words);
  });

  it('6. refuses what is no signal, by line and name, with what is wanted', async () => {
    const signal = proposal('signals: {}\nlifecycle: { start: account.created, end: subscription.cancelled }\n');
    await expect(report({ signal })).rejects.toThrow(/proposal\.yaml:2:1 lifecycle: .*Want: signals\./);
    await expect(report({ signal: proposal('rain: 1\n') })).rejects.toThrow(/proposal\.yaml:1:1 rain/);
  });
});
