import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clickhouseRangeWriter, createClickHouse, migrate } from '@milepost/clickhouse';
import type { RowMapping } from '@milepost/clickhouse';
import { inDatabase } from '@milepost/clickhouse/testing';
import { formatTime, journeyPageCodec, TOPICS } from '@milepost/contracts';
import type { Fact, OnboardingEvent, Trigger } from '@milepost/contracts';
import { POSITION_HEADER } from '@milepost/stream';
import { journeyRows } from './journey.rows.js';
import { rejectedRows } from './rejected.rows.js';
import { signalRows } from './signal.rows.js';

const database = `rows_${process.pid}`;
const server = createClickHouse(process.env['CLICKHOUSE_URL']!);
const client = inDatabase(server, database);

beforeAll(() => migrate(client));
afterAll(async () => {
  await server.command({ query: `DROP DATABASE IF EXISTS ${database} SYNC` });
  await server.close();
});

const AT = 1_767_607_200_123_456;
const TEXT = '2026-01-05T10:00:00.123456Z';
const STORED = '2026-01-05 10:00:00.123456';
const AWKWARD = 'it\'s "a" \\ tab\t nul\u0000 日本 🙂 {x:String}';

/** Writes one record as the warehouse does, and reads its rows back. */
async function through(mapping: RowMapping, table: string, value: Buffer, headers = {}, offset = 8) {
  const place = { topic: mapping.schemaVersion, partition: 3 };
  const record = { ...place, offset, timestamp: AT, key: Buffer.from(AWKWARD), value, headers };
  const range = { ...place, from: offset, to: offset + 1, schemaVersion: mapping.schemaVersion };
  await clickhouseRangeWriter(client, mapping).write(range, [record]);
  const result = await client.query({
    query: `SELECT * FROM milepost.${table} ORDER BY ALL`,
    format: 'JSONEachRow',
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
  });
  return result.json<Record<string, unknown>>();
}

const full: OnboardingEvent = {
  id: AWKWARD,
  source: '//core',
  type: 'workflow.run',
  accountId: AWKWARD,
  occurredAt: AT,
  outcome: 'failed',
  userId: 'u_1',
  productLine: 'core',
  context: { planTier: 'pro', companySize: 2_147_483_647, industry: 'x', region: 'emea', acquisitionChannel: 'p' },
  properties: { [AWKWARD]: AWKWARD, share: 0.5, much: Number.MAX_SAFE_INTEGER, first: true, note: null },
  traceparent: null,
};
const bare: OnboardingEvent = { ...full, id: 'bare', userId: null, context: null, properties: {}, occurredAt: 0 };

describe('What the tables keep of', () => {
  it('1. the journey: every field, to the microsecond, whatever stands in it', async () => {
    const changes = [{ milestone: 'habit', at: AT, previous: null }];
    const facts = [full, bare].map((event) => ({ event, receivedAt: AT, sourceOffset: 2 ** 50, changes }));
    const page = journeyPageCodec.encode({ planVersion: 'v1', facts, clock: AT });
    const [first, second] = await through(journeyRows, 'events', page);
    expect(first).toMatchObject({ event_id: 'bare', occurred_at: '1970-01-01 00:00:00.000000', company_size: null });
    expect(second).toMatchObject({
      account_id: AWKWARD,
      event_id: AWKWARD,
      occurred_at: STORED,
      company_size: 2_147_483_647,
      source_partition: 3,
      source_offset: 2 ** 50,
      journey_offset: 8,
      journey_index: 0,
    });
    expect(JSON.parse(second!['properties'] as string)).toEqual(full.properties);
    const milestones = await through(journeyRows, 'milestones', page);
    expect(milestones).toHaveLength(2);
    expect(milestones[0]).toMatchObject({ milestone: 'habit', reached_at: STORED, previous: null });
  });

  it('2. times as long ago and as far ahead as they may be', async () => {
    const times = [0, 5, 9_908_870_400, 10 ** 15 - 1, 10 ** 15, AT];
    const facts = times.map((at, i): Fact => ({
      event: { ...bare, accountId: 'times', occurredAt: at },
      receivedAt: AT,
      sourceOffset: i,
      changes: [],
    }));
    const page = journeyPageCodec.encode({ planVersion: 'v1', facts, clock: AT });
    const rows = (await through(journeyRows, 'events', page, {}, 20)).filter((row) => row['account_id'] === 'times');
    const stored = times.map((at) => formatTime(at).replace('T', ' ').replace('Z', ''));
    expect(rows.map((row) => row['occurred_at']).sort()).toEqual(stored.sort());
  });

  it('3. a trigger: lists of reasons, ends and evidence by their names', async () => {
    const trigger: Trigger = {
      id: 't1',
      trigger: 'episode_1',
      signal: 'at-risk',
      account: AWKWARD,
      status: 'opened',
      at: TEXT,
      reasons: [{ code: 'quiet', since: TEXT, text: AWKWARD }],
      ended: [{ code: 'failing', since: TEXT, at: TEXT, cause: 'recovered' }],
      resolution: null,
      live: true,
      severity: 'medium',
      probability: 0.25,
      evidence: [{ source: '//core', id: 'e1', type: 'workflow.run', time: TEXT }],
      milestones: { habit: TEXT },
      segment: 'smb',
      planVersion: 'v1',
      modelVersion: null,
      dataQuality: 'good',
      playbook: null,
    };
    const headers = { [POSITION_HEADER]: 'signals/onboarding.journey/3/70/1' };
    expect(await through(signalRows, 'signals', Buffer.from(JSON.stringify(trigger)), headers)).toMatchObject([
      {
        account_id: AWKWARD,
        at: STORED,
        reasons: [{ code: 'quiet', since: STORED, text: AWKWARD }],
        ended: [{ code: 'failing', since: STORED, at: STORED, cause: 'recovered' }],
        live: true,
        probability: 0.25,
        evidence: [{ source: '//core', id: 'e1', type: 'workflow.run', time: STORED }],
        milestones: { habit: STORED },
        journey_offset: 70,
        topic_offset: 8,
      },
    ]);
  });

  it('4. a rejected record, whatever its headers say', async () => {
    const headers = {
      '__connect.errors.partition': '-1',
      '__connect.errors.offset': '1e30',
      '__connect.errors.exception.message': AWKWARD,
      'milepost.violations': '[{"code":"Empty-Value"},{"code":{}},null]',
      [POSITION_HEADER]: `milestones/${TOPICS.events}/3/70/0`,
    };
    expect(await through(rejectedRows, 'rejected', Buffer.from('x'), headers)).toMatchObject([
      { source_partition: 3, source_offset: 70, record_key: AWKWARD, codes: [], message: AWKWARD, received_at: STORED },
    ]);
  });
});
