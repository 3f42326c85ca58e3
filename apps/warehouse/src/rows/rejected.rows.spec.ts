import { describe, expect, it } from '@jest/globals';
import { TOPICS } from '@milepost/contracts';
import { milestonesTopology } from '@milepost/onboarding';
import type { Plan } from '@milepost/plan';
import { PartitionFold } from '@milepost/stream';
import type { LogRecord } from '@milepost/stream';
import { rejectedRows } from './rejected.rows.js';

const plan = { version: 'v1', events: {}, milestones: [], unplannedProperties: 'keep' } as unknown as Plan;
const MESSAGE = '__connect.errors.exception.message';
const FIRST = '__connect.errors.exception.class.name';

const event = (changed: Partial<LogRecord> = {}): LogRecord => ({
  topic: TOPICS.events,
  partition: 3,
  offset: 70,
  timestamp: 1_767_607_200_123_456,
  key: Buffer.from('acct_1'),
  value: Buffer.from('not an event'),
  headers: {},
  ...changed,
});

/** What the milestones service itself makes of a record that it can't accept, as it comes out of the topic. */
function rejected(record: LogRecord): LogRecord {
  const fold = new PartitionFold(milestonesTopology(plan), record.partition);
  const { entries } = fold.fold(fold.decode([record]), { publishedAt: 0, appendClock: false });
  const { key, value, headers, timestamp, topic } = entries[0]!.record;
  expect(topic).toBe(TOPICS.rejected);
  return { topic, partition: record.partition, offset: 8, key, value, headers, timestamp: timestamp! };
}

function rowOf(record: LogRecord): Record<string, unknown> {
  const [{ columns, rows } = { columns: [], rows: [] }] = rejectedRows.toRows([record]);
  expect(rows[0]).toHaveLength(columns.length);
  return Object.fromEntries(columns.map((column, i) => [column, rows[0]![i]]));
}

describe('1. A rejected record', () => {
  it('1.1 is a row: where it stood, what was wrong, how large it was; not what it said', () => {
    const row = rowOf(rejected(event()));
    expect(row).toEqual({
      source_partition: 3,
      source_offset: 70,
      record_key: 'acct_1',
      codes: ['Unknown-Encoding'],
      message: expect.stringMatching(/^Unknown-Encoding : First bytes 6e6f;/),
      received_at: '2026-01-05T10:00:00.123456Z',
      value_bytes: 12,
      topic_partition: 3,
      topic_offset: 8,
    });
    expect(JSON.stringify(row)).not.toContain('not an event');
  });

  it('1.2 without key and value is a row too', () => {
    expect(rowOf(rejected(event({ key: null, value: null })))).toMatchObject({
      record_key: '',
      codes: ['Empty-Value'],
      value_bytes: 0,
    });
  });

  it('1.3 with a key that is no text keeps what can be read of it', () => {
    expect(rowOf(rejected(event({ key: Buffer.from([0x61, 0xff]) })))).toMatchObject({ record_key: 'a\ufffd' });
  });
});

describe('2. Headers that came with the event', () => {
  // Kafka Connect's names are never overwritten: those of the event stay, whoever wrote them.
  const forged = (headers: LogRecord['headers']) => rowOf(rejected(event({ headers })));

  it.each(['7', '-1', '1.5', '1e30', 'abc', '', '99999'])('2.1 say %s and move no row', (words) => {
    const headers = { '__connect.errors.partition': words, '__connect.errors.offset': words };
    expect(forged(headers)).toMatchObject({ source_partition: 3, source_offset: 70 });
  });

  it('2.2 of an earlier rejection (the event was sent again) leave the place of this one', () => {
    const again = event({ headers: rejected(event({ offset: 5 })).headers, offset: 71 });
    expect(rowOf(rejected(again))).toMatchObject({ source_partition: 3, source_offset: 71 });
  });

  it.each([
    ['no list', 'null'],
    ['a list of nothing', '[null]'],
    ['a list of numbers', '[{"code":5},{"code":{"a":1}},{}]'],
    ['a name that we do not know', '[{"code":"Made-Up"}]'],
  ])('2.3 give as violations %s: only known codes come in', (_, violations) => {
    expect(forged({ 'milepost.violations': violations })).toMatchObject({ codes: ['Unknown-Encoding'] });
    expect(forged({ 'milepost.violations': violations, [FIRST]: 'Made-Up' })).toMatchObject({ codes: [] });
  });
});

describe('3. Codes', () => {
  const codesOf = (violations: string, first: string) =>
    rowOf({ ...event(), headers: { 'milepost.violations': violations, [FIRST]: first, [MESSAGE]: '' } })['codes'];

  it('3.1 are each named once, the first first', () => {
    const list = ['Required-Missing', 'Datatype-Mismatch', 'Required-Missing'].map((code) => ({ code }));
    expect(codesOf(JSON.stringify(list), 'Required-Missing')).toEqual(['Required-Missing', 'Datatype-Mismatch']);
  });

  it('3.2 of a list that was cut to fit are the first alone', () => {
    const many = Array.from({ length: 900 }, (_, i) => ({ code: 'Required-Missing', field: `/${i}`, message: 'x'.repeat(40) })); // prettier-ignore
    expect(codesOf(JSON.stringify(many).slice(0, 32_768), 'Required-Missing')).toEqual(['Required-Missing']);
  });
});
