import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClickHouseClient } from '@clickhouse/client';
import { createClickHouse } from './clickhouse-client.js';
import { QuestionTooCostly } from './clickhouse-faults.js';
import { UnreadableRow } from './event-row.js';
import { accountHistories } from './history.js';
import type { AccountHistory } from './history.js';
import { migrate } from './migrate.js';
import type { QuestionLimits } from './questions.js';
import { inDatabase } from './testing/own-database.js';

const database = `history_${process.pid}`;
const server = createClickHouse(process.env['CLICKHOUSE_URL']!);
const client = inDatabase(server, database);

const put = (table: string, ...values: Record<string, unknown>[]) =>
  client.insert({ table: `milepost.${table}`, values, format: 'JSONEachRow' });
const at = (day: number): number => Date.UTC(2026, 0, day) * 1000;
const time = (day: number): string => `2026-01-${String(day).padStart(2, '0')} 00:00:00`;
const event = (account_id: string, day: number, source_partition = 0, more = {}) => ({
  account_id,
  type: 'workflow.run',
  source: '//core',
  event_id: `${account_id}${day}`,
  outcome: 'succeeded',
  properties: '{}',
  occurred_at: time(day),
  received_at: time(day),
  source_partition,
  source_offset: day,
  journey_offset: day,
  ...more,
});

const LIMITS = { seconds: 20, memoryBytes: 1e9, rowsToRead: 1e6 };
async function read(from: ClickHouseClient, limits?: Omit<QuestionLimits, 'resultRows'>): Promise<AccountHistory[]> {
  const histories: AccountHistory[] = [];
  for await (const history of accountHistories(from, limits)) histories.push(history);
  return histories;
}

beforeAll(async () => {
  await migrate(client);
  await put('events', event('b', 3, 1), event('a', 4), event('a', 2), event('c', 9));
  await put('stream_time', { source_partition: 1, journey_offset: 9, clock: time(20) });
});
afterAll(async () => {
  await server.command({ query: `DROP DATABASE IF EXISTS ${database} SYNC` });
  await server.close();
});

describe('1. The histories of accounts', () => {
  it('1.1 one account after the other, events in time order, each observed to the stream time of its partition', async () => {
    for (const limits of [undefined, LIMITS]) {
      const seen = (await read(client, limits)).map(({ account, events, observedTo }) => [account, events.map(({ id }) => id), observedTo]); // prettier-ignore
      expect(seen).toEqual([
        ['a', ['a2', 'a4'], at(9)],
        ['b', ['b3'], at(20)],
        ['c', ['c9'], at(9)],
      ]);
    }
  });

  it('1.2 whoever has had enough may stop', async () => {
    for await (const { account } of accountHistories(client)) {
      expect(account).toBe('a');
      break;
    }
    const failing = async (): Promise<void> => {
      for await (const { account } of accountHistories(client)) throw new Error(`the reader’s own, at ${account}`);
    };
    await expect(failing()).rejects.toThrow('the reader’s own, at a');
  });
});

describe('2. A fault is named, the same for everyone who replays', () => {
  it('2.1 past a limit', async () => {
    await expect(read(client, { ...LIMITS, rowsToRead: 1 })).rejects.toThrow(QuestionTooCostly);
    await expect(read(client, { ...LIMITS, memoryBytes: 1_000 })).rejects.toThrow('(MEMORY_LIMIT_EXCEEDED)');
  });

  it('2.2 ClickHouse away', async () => {
    const nobody = createClickHouse('http://127.0.0.1:1');
    await expect(read(nobody)).rejects.toMatchObject({ code: 'warehouse-unavailable' });
    await nobody.close();
  });

  it('2.3 a question that ClickHouse does not understand is its own error', async () => {
    await expect(read(inDatabase(server, 'nowhere'))).rejects.toMatchObject({ type: 'UNKNOWN_DATABASE' });
  });

  it('2.4 a row that can’t be read is no fault of ClickHouse’s, and its words are not told', async () => {
    await put('events', event('d', 1, 0, { properties: 'secret' }));
    const reading = read(client);
    await expect(reading).rejects.toThrow(UnreadableRow);
    await expect(reading).rejects.not.toThrow('secret');
    await expect(reading).rejects.toThrow('event d1 of //core');
  });
});
