import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClickHouse, eraseRows, migrate } from '@milepost/clickhouse';
import { inDatabase } from '@milepost/clickhouse/testing';
import { UsageError } from '../connections.js';
import { ConnectionsTo } from '../testing/connections-to.js';
import { readAccount } from './account.command.js';

const database = `account_${process.pid}`;
const server = createClickHouse(process.env['CLICKHOUSE_URL']!);
const client = inDatabase(server, database);
const connections = new ConnectionsTo(`${database}-`, client);
const ANN = `${database}_ann`;

beforeAll(() => migrate(client));
afterAll(async () => {
  await connections.close();
  await server.command({ query: `DROP DATABASE IF EXISTS ${database} SYNC` });
  await server.close();
});

describe('milepost account, of one that has no state', () => {
  it('1. says that no event of it was accepted', async () => {
    const asked = readAccount(connections, ANN);
    await expect(asked).rejects.toThrow(`There is no account ${ANN}: no event of it was accepted yet.`);
    await expect(asked).rejects.toThrow(UsageError);
  });

  it('2. says that it was erased, when, for whom and why', async () => {
    const control = { kind: 'erase', id: 'x', account: ANN, reason: 'Request 17', by: 'desk', at: '2026-03-01T09:05:00.000001Z' } as const; // prettier-ignore
    await eraseRows(client, { kind: 'journey', sequence: 5, account: ANN, topic: 'onboarding.journey', partition: 3, sourceOffset: 9, offset: 12, control }); // prettier-ignore
    await expect(readAccount(connections, ANN)).rejects.toThrow(
      `${ANN} was erased on 2026-03-01 at 09:05 UTC, as desk had asked, because: Request 17 (control record 5).`,
    );
    await expect(readAccount(connections, `${ANN}e`)).rejects.toThrow('no event of it was accepted yet');
  });
});
