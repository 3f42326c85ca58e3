import { DAY, HOUR, MINUTE, SECOND } from '@milepost/contracts';
import { describe, expect, it } from '@jest/globals';
import { formatDuration, parseDuration } from './duration.js';
import { nearestName } from './nearest-name.js';
import { reasonText } from './reason-text.js';

describe('1. Durations', () => {
  it.each([
    ['7 d', 7 * DAY],
    ['7d', 7 * DAY],
    ['12 h', 12 * HOUR],
    ['90 min', 90 * MINUTE],
    ['45 s', 45 * SECOND],
    ['2 w', 14 * DAY],
  ])('%j is read', (text, duration) => expect(parseDuration(text)).toBe(duration));

  it.each(['', '7', 'd', '0 d', '07 d', '-1 d', '1.5 d', '7 D', '7  d', '7 days', ' 7 d', '9999999 d'])(
    '%j is none',
    (text) => expect(parseDuration(text)).toBeNull(),
  );

  it.each([
    [7 * DAY, '7 days'],
    [DAY, '1 day'],
    [36 * HOUR, '36 hours'],
    [90 * MINUTE, '90 minutes'],
    [SECOND, '1 second'],
  ])('%d prints as %j', (duration, text) => expect(formatDuration(duration)).toBe(text));
});

describe('2. The nearest name', () => {
  it.each([
    ['workflow.runn', 'workflow.run'],
    ['Workflow.Run', 'workflow.run'],
    ['reprot.viewed', 'report.viewed'],
    ['something.else', null],
    ['', null],
  ])('to %j is %j', (name, nearest) => {
    expect(nearestName(name, ['workflow.run', 'workflow.created', 'report.viewed'])).toBe(nearest);
  });
});

describe("3. A reason's text", () => {
  const condition = { kind: 'stalled' as const, milestone: 'first-value' };
  const reason = { code: 'c', severity: 'high' as const, condition };

  it('states the window that applied, and the milestone', () => {
    const text = 'No {milestone} in {window}; {window}.';
    expect(reasonText({ ...reason, text }, 21 * DAY)).toBe('No first-value in 21 days; 21 days.');
  });
});
