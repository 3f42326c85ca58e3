import { describe, expect, it } from '@jest/globals';
import { TOPICS } from '@milepost/contracts';
import type { Trigger } from '@milepost/contracts';
import { POSITION_HEADER } from '@milepost/stream';
import type { LogRecord } from '@milepost/stream';
import { signalRows } from './signal.rows.js';

const trigger: Trigger = {
  id: 't1',
  trigger: 'episode_1',
  signal: 'at-risk',
  account: 'acct_1',
  status: 'updated',
  at: '2026-01-12T10:00:00.000000Z',
  reasons: [{ code: 'quiet', since: '2026-01-12T10:00:00.000000Z', text: 'Silence.' }],
  ended: [
    {
      code: 'failing',
      since: '2026-01-05T10:00:00.000000Z',
      at: '2026-01-12T10:00:00.000000Z',
      cause: 'recovered',
    },
  ],
  resolution: null,
  live: true,
  severity: 'medium',
  probability: null,
  evidence: [{ source: '//core', id: 'e1', type: 'workflow.run', time: '2026-01-02T10:00:00.000000Z' }],
  milestones: { 'first-value': '2026-01-06T09:00:00.000000Z' },
  segment: 'smb',
  planVersion: 'v1',
  modelVersion: null,
  dataQuality: 'good',
  playbook: null,
};
const record = (value: string | null, position?: string): LogRecord => ({
  topic: TOPICS.atRisk,
  partition: 3,
  offset: 8,
  timestamp: 0,
  key: Buffer.from('acct_1'),
  value: value === null ? null : Buffer.from(value),
  headers: position === undefined ? {} : { [POSITION_HEADER]: Buffer.from(position) },
});

function rowsOf(...records: LogRecord[]): Record<string, unknown>[] {
  const [{ columns, rows } = { columns: [], rows: [] }] = signalRows.toRows(records);
  return rows.map((row) => {
    expect(row).toHaveLength(columns.length);
    return Object.fromEntries(columns.map((column, i) => [column, row[i]]));
  });
}

describe('1. A trigger', () => {
  it('1.1 is a row; reasons, ends and evidence keep the names of their fields', () => {
    const { account, resolution, planVersion, modelVersion, dataQuality, playbook, ...same } = trigger;
    expect([resolution, modelVersion, playbook]).toEqual([null, null, null]);
    expect(rowsOf(record(JSON.stringify(trigger), 'signals/onboarding.journey/3/70/1'))).toEqual([
      {
        ...same,
        account_id: account,
        resolution: '',
        plan_version: planVersion,
        model_version: '',
        data_quality: dataQuality,
        journey_offset: 70,
        topic_partition: 3,
        topic_offset: 8,
      },
    ]);
  });

  it('1.2 that was resolved or scored says by what', () => {
    const changed = { resolution: 'disproved', modelVersion: 'm1', probability: 0.25 } as const;
    expect(rowsOf(record(JSON.stringify({ ...trigger, ...changed })))).toMatchObject([
      { resolution: 'disproved', model_version: 'm1', probability: 0.25 },
    ]);
  });

  it('1.3 taken out of a compacted topic by a tombstone is no row', () => {
    expect(rowsOf(record(null), record(JSON.stringify(trigger)), record(null))).toHaveLength(1);
  });

  it('1.4 that is no JSON stops the range and is told by its place, without its words', () => {
    const fault = () => rowsOf(record('acct_private {'));
    expect(fault).toThrow('Trigger at onboarding.signals.at-risk/3, offset 8 is not JSON');
    expect(fault).not.toThrow('acct_private');
  });
});

describe('2. The page of the journey that it follows from', () => {
  it.each([
    ['signals/onboarding.journey/3/0/0', 0],
    ['signals/onboarding.journey/3/9007199254740991/4', 9_007_199_254_740_991],
    ['signals/onboarding.journey/3/-1/4', 0],
    ['signals/onboarding.journey/3/1.5/4', 0],
    ['nonsense', 0],
    ['', 0],
  ])('2.1 from %s is %d', (position, offset) => {
    expect(rowsOf(record(JSON.stringify(trigger), position))[0]).toMatchObject({ journey_offset: offset });
  });
});
