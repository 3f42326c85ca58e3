import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sha256 } from '@milepost/contracts';
import type { ClickHouseClient } from '@clickhouse/client';
import { samplePlan } from '@milepost/plan/testing';
import { createClickHouse } from './clickhouse-client.js';
import { eraseRows, erasureLeft, erasureOf, erasureRemoved, erasureSteps } from './erase-account.js';
import type { Erasure } from './erase-account.js';
import { migrate } from './migrate.js';
import { eventCounts, rejectedCounts, signalCounts } from './reports.js';
import { buildSnapshot } from './snapshots.js';
import { query } from './sql-files.js';
import { inDatabase } from './testing/own-database.js';

const database = `erase_${process.pid}`;
const server = createClickHouse(process.env['CLICKHOUSE_URL']!);
const client = inDatabase(server, database);
const ANN = "acct_ann's {x:String}";
const BOB = 'acct_bob';
const EVERYTHING = [100, 100, 100, 100];

const place = { sequence: 5, account: ANN, partition: 3, sourceOffset: 9, offset: 12 };
const control = { kind: 'erase', id: 'x', account: ANN, reason: 'Request 17', by: 'desk', at: '2026-03-01T00:00:00.000001Z' } as const; // prettier-ignore
const ERASURES: Erasure[] = [
  { ...place, kind: 'journey', topic: 'onboarding.journey', control },
  { ...place, kind: 'rejected', topic: 'onboarding.rejected' },
  { ...place, kind: 'signals', topic: 'onboarding.signals.at-risk', signal: 'at-risk' },
];

beforeAll(async () => {
  await migrate(client);
  const insert = (table: string, values: Record<string, unknown>[]) =>
    client.insert({ table: `milepost.${table}`, values, format: 'JSONEachRow' });
  const at = '2026-01-05 10:00:00';
  let offset = 0;
  for (const account_id of [ANN, BOB]) {
    const event = (type: string) => ({ account_id, type, occurred_at: at, received_at: at, properties: '{}', source_partition: 3, source_offset: ++offset, journey_offset: 1, journey_index: offset }); // prettier-ignore
    await insert('events', [event('account.created'), event('workflow.run')]);
    await insert('milestones', [{ account_id, milestone: 'habit', source_partition: 3, journey_offset: 1 }]);
    for (const signal of ['at-risk', 'expansion-ready']) {
      await insert('signals', [{ account_id, signal, id: `${account_id}.0`, topic_partition: 3, journey_offset: 2, topic_offset: offset }]); // prettier-ignore
    }
    for (const source_partition of [2, 3]) {
      await insert('rejected', [{ record_key: account_id, source_partition, source_offset: 50 + offset }]);
    }
    await insert('account_rows', [{ snapshot: 1, account_id }]);
  }
});
afterAll(async () => {
  await server.command({ query: `DROP DATABASE IF EXISTS ${database} SYNC` });
  await server.close();
});

const cuts = { source: EVERYTHING, journey: EVERYTHING };
const counts = async () => [
  await eventCounts(client, cuts),
  await rejectedCounts(client, cuts),
  await signalCounts(client, cuts),
];
const ask = async (query: string) =>
  (await client.query({ query, format: 'JSONEachRow' })).json<Record<string, unknown>>();

describe('1. An erasure', () => {
  it('1.1 takes the rows of its topic and partition away, and no others; what reconcile adds up stays', async () => {
    const [before, bob] = [await counts(), await erasureLeft(client, BOB)];
    expect((await erasureLeft(client, ANN)).map(({ name }) => name).sort()).toEqual(bob.map(({ name }) => name).sort());
    for (const erasure of ERASURES) await eraseRows(client, erasure);
    expect(await erasureLeft(client, ANN)).toEqual(
      expect.arrayContaining([{ name: 'rejected', rows: 1 }, { name: 'signals', rows: 1 }]), // prettier-ignore
    );
    expect(await erasureLeft(client, ANN)).toHaveLength(2);
    expect(await erasureLeft(client, BOB)).toEqual(expect.arrayContaining(bob));
    expect(await counts()).toEqual(before);
  });

  it('1.2 says where it has come to, and what it took', async () => {
    const steps = await erasureSteps(client, 5);
    expect(steps.map(({ topic, partition }) => `${topic}/${partition}`).sort()).toEqual(
      ERASURES.map(({ topic }) => `${topic}/3`).sort(),
    );
    expect(await erasureRemoved(client, 5)).toEqual([
      { kind: 'events', rows: 2 },
      { kind: 'milestones', rows: 1 },
      { kind: 'rejected', rows: 1 },
      { kind: 'signals/at-risk', rows: 1 },
    ]);
  });

  it('1.3 is noted with who asked for it and why, the account as its hash alone', async () => {
    expect(await ask('SELECT * REPLACE (toString(sequence) AS sequence) FROM milepost.erasures')).toEqual([
      {
        sequence: '5',
        account_hash: sha256(ANN),
        requested_by: 'desk',
        reason: 'Request 17',
        requested_at: '2026-03-01 00:00:00.000001',
      },
    ]);
  });

  it('1.4 can be asked for by whoever knows the account', async () => {
    expect(await erasureOf(client, ANN)).toEqual({ sequence: 5, requested_by: 'desk', reason: 'Request 17', requested_at: '2026-03-01 00:00:00.000001' }); // prettier-ignore
    expect(await erasureOf(client, BOB)).toBeNull();
  });

  it('1.5 that is repeated, as after a crash, changes nothing', async () => {
    const before = [await counts(), await erasureRemoved(client, 5), await erasureLeft(client, BOB)];
    for (const erasure of ERASURES) await eraseRows(client, erasure);
    expect([await counts(), await erasureRemoved(client, 5), await erasureLeft(client, BOB)]).toEqual(before);
    expect(await ask('SELECT toString(count()) AS audits FROM milepost.erasures FINAL')).toMatchObject([
      { audits: '1' },
    ]);
  });

  it('1.6 counts each row once between noting and taking away', async () => {
    const before = await counts();
    await client.command({
      query: `INSERT INTO milepost.erased_rows SELECT 'events', '', source_partition, source_offset, journey_offset, journey_index, 6
              FROM milepost.events WHERE account_id = '${BOB}'`,
    });
    expect(await counts()).toEqual(before);
  });
});

describe('2. A snapshot that is being made', () => {
  it('2.1 has no row of who is erased meanwhile, though the row was read before and is written after', async () => {
    const CYD = 'acct_cyd';
    const event = { account_id: CYD, type: 'account.created', occurred_at: '2026-01-05 10:00:00', received_at: '2026-01-05 10:00:00', properties: '{}', source_partition: 3, source_offset: 90, journey_offset: 90, journey_index: 0 }; // prettier-ignore
    await client.insert({ table: 'milepost.events', values: [event], format: 'JSONEachRow' });
    const run = (text: string) => client.command({ query: text });
    let written = 0;
    const late = new Proxy(client, {
      get(target, name) {
        if (name !== 'command') return Reflect.get(target, name) as unknown;
        return async (asked: Parameters<ClickHouseClient['command']>[0]) => {
          const answer = await target.command(asked);
          if (asked.query !== query('snapshot-accounts')) return answer;
          await run(
            `CREATE TABLE milepost.held ENGINE = Memory AS SELECT * FROM milepost.account_rows WHERE account_id = '${CYD}'`,
          );
          await eraseRows(client, { ...place, kind: 'journey', sequence: 6, account: CYD, topic: 'onboarding.journey', sourceOffset: 95, offset: 95, control: { ...control, account: CYD } }); // prettier-ignore
          await run('INSERT INTO milepost.account_rows SELECT * FROM milepost.held');
          written = Number((await ask('SELECT count() AS n FROM milepost.account_rows'))[0]!['n']);
          return answer;
        };
      },
    });
    const snapshot = await buildSnapshot(late, samplePlan(), Date.now() * 1000);
    expect(written).toBeGreaterThan(snapshot.accounts);
    expect((await erasureLeft(client, CYD)).map(({ name }) => name)).toEqual([]);
    expect(snapshot.accounts).toBe(1);
  });
});
