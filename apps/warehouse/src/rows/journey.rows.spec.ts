import { describe, expect, it } from '@jest/globals';
import { journeyPageCodec, parseTime, TOPICS } from '@milepost/contracts';
import type { Fact, JourneyPage, OnboardingEvent } from '@milepost/contracts';
import type { LogRecord } from '@milepost/stream';
import { journeyRows } from './journey.rows.js';

const AT = parseTime('2026-01-05T10:00:00.123456Z')!;
const full: OnboardingEvent = {
  id: 'e1',
  source: '//core',
  type: 'workflow.run',
  accountId: 'acct_1',
  occurredAt: AT,
  outcome: 'failed',
  userId: 'u_1',
  productLine: 'core',
  context: { planTier: 'pro', companySize: 120, industry: 'software', region: 'emea', acquisitionChannel: 'partner' },
  properties: { workflowId: 'w_1', steps: 3, share: 0.5, first: true, note: null },
  traceparent: null,
};
const bare: OnboardingEvent = { ...full, userId: null, productLine: null, context: null, properties: {} };
const fact = (changed: Partial<Fact> = {}): Fact => ({
  event: full,
  receivedAt: AT + 1,
  sourceOffset: 40,
  changes: [],
  ...changed,
});
const record = (offset: number, page: Partial<JourneyPage>): LogRecord => ({
  topic: TOPICS.journey,
  partition: 3,
  offset,
  timestamp: AT,
  key: null,
  value: journeyPageCodec.encode({ planVersion: 'v1', facts: [], clock: null, ...page }),
  headers: {},
});

/** Rows by table, each as its columns say. */
function rowsOf(...records: LogRecord[]): Record<string, Record<string, unknown>[]> {
  return Object.fromEntries(
    journeyRows.toRows(records).map(({ table, columns, rows }) => [
      table.replace('milepost.', ''),
      rows.map((row) => {
        expect(row).toHaveLength(columns.length);
        return Object.fromEntries(columns.map((column, i) => [column, row[i]]));
      }),
    ]),
  );
}

describe('1. An accepted event', () => {
  it('1.1 is a row, with all that it says', () => {
    expect(rowsOf(record(8, { facts: [fact()] }))).toEqual({
      events: [
        {
          account_id: 'acct_1',
          type: 'workflow.run',
          source: '//core',
          event_id: 'e1',
          occurred_at: AT,
          received_at: AT + 1,
          outcome: 'failed',
          user_id: 'u_1',
          product_line: 'core',
          plan_tier: 'pro',
          company_size: 120,
          industry: 'software',
          region: 'emea',
          acquisition_channel: 'partner',
          properties: '{"workflowId":"w_1","steps":3,"share":0.5,"first":true,"note":null}',
          plan_version: 'v1',
          source_partition: 3,
          source_offset: 40,
          journey_offset: 8,
          journey_index: 0,
        },
      ],
      milestones: [],
      stream_time: [],
    });
  });

  it('1.2 that says little leaves empty text, and no size rather than size 0', () => {
    const [row] = rowsOf(record(8, { facts: [fact({ event: bare })] }))['events']!;
    expect(row).toMatchObject({ user_id: '', product_line: '', plan_tier: '', company_size: null, properties: '{}' });
    const zero = { ...full, context: { ...full.context!, companySize: 0 } };
    expect(rowsOf(record(8, { facts: [fact({ event: zero })] }))['events']![0]).toMatchObject({ company_size: 0 });
  });

  it('1.3 has properties that are JSON whatever they hold', () => {
    const properties = { 'quote"': '\\ \n \u0000', nan: Number.NaN, much: Number.MAX_SAFE_INTEGER, __proto: 'x' };
    const [row] = rowsOf(record(8, { facts: [fact({ event: { ...full, properties } })] }))['events']!;
    expect(JSON.parse(row!['properties'] as string)).toEqual({ ...properties, nan: null });
  });
});

describe('2. Coordinates', () => {
  it('2.1 tell any two rows apart: page, place in the page, place among the changes', () => {
    const changes = [
      { milestone: 'setup-complete', at: AT, previous: null },
      { milestone: 'first-value', at: null, previous: AT },
    ];
    const facts = [fact({ changes }), fact({ sourceOffset: 41, changes })];
    const { events, milestones } = rowsOf(record(8, { facts }), record(9, { clock: AT }), record(10, { facts }));
    const placeOf = (row: Record<string, unknown>) => [
      row['journey_offset'],
      row['journey_index'],
      row['change_index'],
    ];
    expect(events!.map(placeOf)).toEqual([[8, 0, undefined], [8, 1, undefined], [10, 0, undefined], [10, 1, undefined]]); // prettier-ignore
    expect(milestones!.map(placeOf)).toEqual([8, 10].flatMap((o) => [[o, 0, 0], [o, 0, 1], [o, 1, 0], [o, 1, 1]])); // prettier-ignore
  });

  it('2.2 and rows are the same each time, so a repeated range is the same block', () => {
    const records = [record(8, { facts: [fact(), fact({ event: bare })] })];
    expect(journeyRows.toRows(records)).toEqual(journeyRows.toRows(records));
  });
});

describe('3. A milestone', () => {
  it('3.1 is a row for each change: reached, moved, taken back', () => {
    const changes = [
      { milestone: 'habit', at: AT, previous: null },
      { milestone: 'first-value', at: AT - 5, previous: AT },
      { milestone: 'team-adoption', at: null, previous: 0 },
    ];
    expect(rowsOf(record(8, { facts: [fact({ changes })] }))['milestones']).toMatchObject([
      { account_id: 'acct_1', milestone: 'habit', reached_at: AT, previous: null, event_id: 'e1' },
      { milestone: 'first-value', reached_at: AT - 5, previous: AT, event_source: '//core' },
      { milestone: 'team-adoption', reached_at: null, previous: '1970-01-01T00:00:00.000000Z', source_partition: 3 },
    ]);
  });
});

describe('4. A page', () => {
  it('4.1 of a clock alone is a row of stream time', () => {
    const clock = { source_partition: 3, journey_offset: 8, clock: AT };
    expect(rowsOf(record(8, { clock: AT }))).toEqual({ events: [], milestones: [], stream_time: [clock] });
  });

  it.each([
    ['damaged', Buffer.from('c301deadbeefdeadbeef00', 'hex'), 'Unknown-Schema'],
    ['empty', null, 'Unknown-Encoding'],
  ])('4.2 that is %s stops the range and is told by its place', (_, value, fault) => {
    expect(() => rowsOf({ ...record(8, {}), value })).toThrow(`Journey page at partition 3, offset 8: ${fault}`);
  });
});
