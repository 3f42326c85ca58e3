import { describe, expect, it } from '@jest/globals';
import { formatTime, parseTime } from '@milepost/contracts';
import type { ActivateModel, ModelKind } from '@milepost/contracts';
import { activationInstant, timesInForce, versionBefore, versionInForce } from './activations.js';
import { ModelSchedule } from './model-schedule.js';

type Told = [version: string | null, at: number, model?: ModelKind];
const records = (...told: Told[]): ActivateModel[] =>
  told.map(([version, at, model = 'churn'], i) => ({ kind: 'activate-model', id: `${i}`, model, version, reason: '', by: 'spec', at: formatTime(at) })); // prettier-ignore

describe('1. Which version is in force when', () => {
  it('1.1 each until the next, the last to this day; another kind’s change nothing', () => {
    const list = records(['a', 10], ['x', 15, 'expansion'], ['b', 20], [null, 30], ['a', 40]);
    expect(timesInForce(list, 'churn')).toEqual([
      { version: 'a', since: 10, until: 20 },
      { version: 'b', since: 20, until: 30 },
      { version: null, since: 30, until: 40 },
      { version: 'a', since: 40, until: null },
    ]);
    expect(versionInForce(list, 'expansion')).toBe('x');
    expect(timesInForce([], 'churn')).toEqual([]);
    expect(versionInForce([], 'churn')).toBeNull();
  });

  it('1.2 activated again it goes on; overtaken at its own instant it never was', () => {
    expect(timesInForce(records(['a', 10], ['a', 20], ['b', 30], ['c', 30]), 'churn')).toEqual([
      { version: 'a', since: 10, until: 30 },
      { version: 'c', since: 30, until: null },
    ]);
  });

  it('1.3 as the schedule has it by which accounts are scored, also where an operator’s clock was ahead', () => {
    const list = records(['a', 10], ['b', 50], ['c', 20], ['d', 20]);
    const schedule = new ModelSchedule(list.map(({ version, at }) => ({ kind: 'churn', from: parseTime(at)!, model: { version } as never }))); // prettier-ignore
    for (const now of [10, 19, 20, 49, 50, 99]) {
      const own = timesInForce(list, 'churn').find(({ since, until }) => since <= now && (until ?? Infinity) > now);
      expect([now, own?.version]).toEqual([now, schedule.modelAt('churn', now)?.version]);
    }
    expect(versionInForce(list, 'churn')).toBe('b');
  });
});

describe('2. What comes next', () => {
  it('2.1 one step back each time, and in the end none', () => {
    const list = records(['a', 10], ['b', 20], ['c', 30]);
    for (const [i, wanted] of ['b', 'a', null].entries()) {
      expect(versionBefore(list, 'churn')).toBe(wanted);
      list.push(...records([wanted, 40 + i]));
    }
    expect(versionBefore(list, 'churn')).toBeNull();
  });

  it('2.2 a new activation is never overtaken by one that is there', () => {
    const list = records(['a', 50], ['x', 90, 'expansion']);
    expect(activationInstant(list, 'churn', 40)).toBe(50);
    expect(activationInstant(list, 'churn', 60)).toBe(60);
    expect(versionInForce([...list, ...records(['b', activationInstant(list, 'churn', 40)])], 'churn')).toBe('b');
  });
});
