import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClickHouse } from './clickhouse-client.js';
import { migrate } from './migrate.js';
import {
  accountEvents,
  accountMilestones,
  accountSignals,
  doubledCounts,
  eventCounts,
  milestoneCounts,
  rejectedCounts,
  signalCounts,
} from './reports.js';
import { inDatabase } from './testing/own-database.js';

const database = `reports_${process.pid}`;
const server = createClickHouse(process.env['CLICKHOUSE_URL']!);
const client = inDatabase(server, database);

const put = (table: string, ...values: Record<string, unknown>[]) =>
  client.insert({ table: `milepost.${table}`, values, format: 'JSONEachRow' });
const event = (source_partition: number, source_offset: number, event_id = `e${source_offset}`) => ({
  account_id: 'a',
  type: 'workflow.run',
  source: '//core',
  event_id,
  outcome: 'succeeded',
  occurred_at: `2026-01-0${1 + (source_offset % 9)} 00:00:00.000001`,
  source_partition,
  source_offset,
  journey_offset: Math.floor(source_offset / 2),
  journey_index: source_offset % 2,
});
const change = (journey_offset: number, reached_at: string | null, previous: string | null) => ({
  account_id: 'a',
  milestone: 'first-value',
  reached_at,
  previous,
  event_id: `e${journey_offset}`,
  journey_offset,
});
const trigger = (topic_offset: number, journey_offset: number, id = `t${topic_offset}`) => ({
  account_id: 'a',
  signal: 'at-risk',
  trigger: 'episode',
  id,
  status: 'opened',
  at: '2026-01-05 00:00:00',
  reasons: [{ code: 'quiet', since: '2026-01-05 00:00:00', text: 'Silence.' }],
  live: true,
  severity: 'medium',
  journey_offset,
  topic_offset,
});

beforeAll(async () => {
  await migrate(client);
  for (const table of ['events', 'milestones', 'rejected', 'signals']) {
    await client.command({ query: `SYSTEM STOP MERGES milepost.${table}` });
  }
  await put('events', event(0, 0), event(0, 1), event(0, 2), event(0, 3), event(1, 4));
  await put('events', event(0, 2)); // A range that was written again, past the window.
  await put('events', { ...event(0, 5, 'e0'), journey_offset: 9, received_at: '1970-01-01 00:00:10' }); // Accepted again.
  await put('milestones', change(0, '2026-01-05 00:00:00', null), change(3, null, '2026-01-05 00:00:00'));
  await put('milestones', change(3, null, '2026-01-05 00:00:00'));
  await put('rejected', { source_partition: 0, source_offset: 7, topic_offset: 0 });
  await put('rejected', { source_partition: 0, source_offset: 7, topic_offset: 1 });
  await put('signals', trigger(0, 1), trigger(1, 2), trigger(2, 8));
  await put('signals', trigger(3, 3, 't1'));
});
afterAll(async () => {
  await server.command({ query: `DROP DATABASE IF EXISTS ${database} SYNC` });
  await server.close();
});

/** Cuts for two partitions; the other offsets of the first are under test. */
const cuts = (source: number, journey: number) => ({ source: [source, 100], journey: [journey, 100] });

describe('1. Reconciling shows', () => {
  it('1.1 rows that stand twice, by partition', async () => {
    expect(await eventCounts(client, cuts(100, 100))).toEqual([
      { partition: 0, rows: 6, offsets: 5, facts: 6 },
      { partition: 1, rows: 1, offsets: 1, facts: 1 },
    ]);
  });

  it('1.2 nothing from beyond a cut: it is exact beside live traffic', async () => {
    expect((await eventCounts(client, cuts(2, 1)))[0]).toEqual({ partition: 0, rows: 2, offsets: 2, facts: 2 }); // prettier-ignore
    expect(await signalCounts(client, cuts(0, 2))).toEqual([{ signal: 'at-risk', partition: 0, rows: 1, ids: 1 }]);
    expect(await rejectedCounts(client, cuts(7, 0))).toEqual([]);
    expect(await milestoneCounts(client, cuts(0, 3))).toEqual([{ partition: 0, rows: 1, changes: 1 }]);
  });

  it('1.3 a record that was rejected twice, a trigger with the id of another, a change that stands twice', async () => {
    expect(await rejectedCounts(client, cuts(100, 0))).toEqual([{ partition: 0, rows: 2, offsets: 1 }]);
    expect(await signalCounts(client, cuts(0, 100))).toEqual([{ signal: 'at-risk', partition: 0, rows: 4, ids: 3 }]);
    expect(await milestoneCounts(client, cuts(0, 100))).toEqual([{ partition: 0, rows: 3, changes: 2 }]);
  });
});

describe('2. Events accepted twice under one (source, id)', () => {
  const SECOND = 1_000_000;
  const doubled = (window: number, source = 100) => doubledCounts(client, cuts(source, 100), window);

  it('2.1 count when the second came within the window, its end included', async () => {
    // Beside e0 after ten seconds there is the row of e2 that stands twice.
    expect(await doubled(10 * SECOND)).toEqual([{ partition: 0, doubled: 2 }]);
    expect(await doubled(10 * SECOND - 1)).toEqual([{ partition: 0, doubled: 1 }]);
  });

  it('2.2 do not count where the account had forgotten the first: history that was sent in twice', async () => {
    // Of account h the newest receipt lies 20 s on when its old event comes again, stamped as before.
    await put(
      'events',
      ...[1, 20, 1].map((second, i) => ({
        ...event(1, 20 + i, second === 1 ? 'old' : 'new'),
        account_id: 'h',
        received_at: `1970-01-01 00:00:${String(second).padStart(2, '0')}`,
      })),
    );
    expect(await doubled(18 * SECOND)).toEqual([{ partition: 0, doubled: 2 }]);
    expect(await doubled(19 * SECOND)).toEqual([
      { partition: 0, doubled: 2 },
      { partition: 1, doubled: 1 },
    ]);
  });

  it('2.3 are looked for below the cut alone', async () => {
    expect(await doubled(10 * SECOND, 5)).toEqual([{ partition: 0, doubled: 1 }]);
    expect(await doubled(10 * SECOND, 2)).toEqual([]);
  });
});

describe('3. One account', () => {
  it('3.1 its newest events, each once, to the microsecond', async () => {
    const found = await accountEvents(client, 'a', 2);
    expect(found.map(({ event_id, occurred_at }) => [event_id, occurred_at])).toEqual([
      ['e0', '2026-01-06 00:00:00.000001'],
      ['e4', '2026-01-05 00:00:00.000001'],
    ]);
    expect(await accountEvents(client, 'a', 100)).toHaveLength(6);
  });

  it('3.2 its milestones, in the order of their changes, each once', async () => {
    expect(await accountMilestones(client, 'a')).toMatchObject([
      { reached_at: '2026-01-05 00:00:00.000000', previous: null, event_id: 'e0' },
      { reached_at: null, previous: '2026-01-05 00:00:00.000000', event_id: 'e3' },
    ]);
  });

  it('3.3 its triggers, the newest first, with reasons as JSON', async () => {
    const [newest] = await accountSignals(client, 'a', 1);
    expect(newest).toMatchObject({ signal: 'at-risk', status: 'opened', live: true, severity: 'medium', ended: '[]' });
    expect(JSON.parse(newest!.reasons)).toMatchObject([{ code: 'quiet', text: 'Silence.' }]);
  });

  it('3.4 a name is a value, whatever stands in it: nothing of it is read as SQL', async () => {
    for (const name of ["a' OR 1 = 1 --", '{limit:UInt32}', 'a\n', ''])
      expect(await accountEvents(client, name, 9)).toEqual([]);
  });
});
