import { describe, expect, it } from '@jest/globals';
import { DAY } from '@milepost/contracts';
import { chanceTimes, leadOf, verdictOf } from './account-windows.js';
import type { ObservedAccount } from './account-windows.js';
import { BacktestScore } from './backtest-score.js';

const HORIZON = 10 * DAY;
const alarmAt = (day: number) => ({ signal: 'at-risk', since: day * DAY, until: null, segment: 'smb' });

/** An account of the first 100 days. */
const account = (
  over: { days?: number; ended?: boolean; alarms?: number[]; outcomes?: number[]; segment?: string } = {},
): ObservedAccount => ({
  // prettier-ignore
  segment: over.segment ?? 'smb',
  from: 0,
  to: (over.days ?? 100) * DAY,
  ended: over.ended ?? false,
  alarms: (over.alarms ?? []).map(alarmAt),
  outcomes: (over.outcomes ?? []).map((day) => day * DAY),
});

describe('1. An alarm', () => {
  it.each([
    ['an outcome at the end of the horizon', [30], 'hit'],
    ['an outcome after it', [30.1], 'false'],
    ['an outcome at the same instant', [20], 'false'],
    ['none', [], 'false'],
  ])('1.1 followed by %s', (_, outcomes, verdict) => {
    expect(verdictOf(alarmAt(20), account({ outcomes: [...outcomes] }), HORIZON)).toBe(verdict);
  });

  it('1.2 is undecided while its horizon has not passed, unless the outcome has come or can never come', () => {
    expect(verdictOf(alarmAt(95), account(), HORIZON)).toBe('open');
    expect(verdictOf(alarmAt(95), account({ outcomes: [97] }), HORIZON)).toBe('hit');
    expect(verdictOf(alarmAt(95), account({ ended: true }), HORIZON)).toBe('false');
    expect(verdictOf(alarmAt(90), account(), HORIZON)).toBe('false');
  });
});

describe('2. An outcome', () => {
  it('2.1 was foretold by the earliest alarm within the horizon before it', () => {
    const alarms = [5, 22, 28, 31].map(alarmAt);
    expect(leadOf(30 * DAY, alarms, HORIZON)).toBe(8 * DAY);
    expect(leadOf(15 * DAY, alarms, HORIZON)).toBe(10 * DAY);
    expect(leadOf(15.1 * DAY, alarms, HORIZON)).toBeNull();
    expect(leadOf(22 * DAY, alarms, HORIZON)).toBeNull();
  });
});

describe('3. Alarms at moments of chance', () => {
  const days = (over: Parameters<typeof account>[0]) => {
    const { right, mature } = chanceTimes(account(over), HORIZON);
    return [right / DAY, mature / DAY];
  };

  it('3.1 are right for a horizon before each outcome, and nowhere twice', () => {
    expect(days({})).toEqual([0, 90]);
    expect(days({ outcomes: [50] })).toEqual([10, 90]);
    expect(days({ outcomes: [50, 54] })).toEqual([14, 90]);
    expect(days({ outcomes: [3] })).toEqual([3, 90]);
  });

  it('3.2 have a verdict near the end only when they are right, or when nothing more can come', () => {
    expect(days({ outcomes: [96] })).toEqual([10, 96]);
    expect(days({ ended: true, outcomes: [100] })).toEqual([10, 100]);
    expect(days({ days: 4 })).toEqual([0, 0]);
    expect(days({ days: 4, outcomes: [4] })).toEqual([4, 4]);
  });

  it('3.3 as a count of many moments says', () => {
    const one = account({ outcomes: [4, 30, 33, 97] });
    const moments = Array.from({ length: 100_000 }, (_, i) => verdictOf(alarmAt(i / 1000), one, HORIZON));
    const { right, mature } = chanceTimes(one, HORIZON);
    expect(moments.filter((verdict) => verdict === 'hit').length / 1000).toBeCloseTo(right / DAY, 2);
    expect(moments.filter((verdict) => verdict !== 'open').length / 1000).toBeCloseTo(mature / DAY, 2);
  });
});

describe('4. A score', () => {
  const score = new BacktestScore(HORIZON);
  score.add(account({ alarms: [20, 60], outcomes: [25] }));
  score.add(account({ alarms: [95], outcomes: [40], segment: 'enterprise' }));
  score.add(account({ days: 30, ended: true, alarms: [28], outcomes: [30] }));
  const [all, ...segments] = score.rows(['smb', 'mid-market', 'enterprise']);

  it('4.1 counts alarms and outcomes once', () => {
    expect(all).toMatchObject({ segment: 'all', accounts: 3, alarms: 4, undecided: 1 });
    expect(all!.precision).toMatchObject({ value: { estimate: 2 / 3 }, of: 3 });
    expect(all!.recall).toMatchObject({ value: { estimate: 2 / 3 }, of: 3 });
    expect(all!.leadDays).toEqual({ lower: 2, median: 5, upper: 5 });
    expect(all!.alarmsPerOutcome).toBe(1.5);
    expect(all!.falseAlarmsPerWeek).toBeCloseTo(7 / 90, 12);
  });

  it('4.2 by segment too, and says nothing where there is nothing', () => {
    expect(segments.map(({ segment, accounts }) => [segment, accounts])).toEqual([['smb', 2], ['enterprise', 1]]); // prettier-ignore
    expect(segments[1]!.precision).toEqual({ value: null, of: 0 });
    expect(segments[1]!.leadDays).toBeNull();
  });

  it('4.3 by chance: right as often as account-time lies before outcomes', () => {
    expect(all!.random.precision).toBeCloseTo((10 + 10 + 10) / (90 + 90 + 30), 12);
    const rate = 4 / 230;
    expect(all!.random.recall).toBeCloseTo(1 - Math.exp(-rate * 10), 12);
  });
});
