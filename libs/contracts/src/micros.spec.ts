import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY, formatTime, HOUR, MINUTE, parseTime, SECOND } from './micros.js';

const TEN = Date.UTC(2026, 0, 5, 10) * 1000;

describe('1. Reading a time', () => {
  it.each<[string, number]>([
    ['2026-01-05T10:00:00Z', TEN],
    ['2026-01-05t10:00:00z', TEN],
    ['2026-01-05 10:00:00Z', TEN],
    ['2026-01-05T10:00:00+00:00', TEN],
    ['2026-01-05T10:00:00-00:00', TEN],
    ['2026-01-05T12:30:00+02:30', TEN],
    ['2026-01-04T23:00:00-11:00', TEN],
    ['2026-01-05T10:00:00.5Z', TEN + 500_000],
    ['2026-01-05T10:00:00.000001Z', TEN + 1],
    ['2026-01-05T10:00:00.1234569Z', TEN + 123_456],
    ['2026-01-05T10:00:00.999999999999Z', TEN + 999_999],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29) * 1000],
    ['1970-01-01T00:00:00Z', 0],
    ['1969-12-31T23:59:59.999999Z', -1],
    ['2223-01-01T00:00:00Z', Date.UTC(2223, 0, 1) * 1000],
  ])('%s', (text, at) => expect(parseTime(text)).toBe(at));

  it.each([
    ['', 'nothing'],
    ['yesterday', 'words'],
    ['1767607200', 'a number'],
    ['2026-01-05', 'a date alone'],
    ['2026-01-05T10:00:00', 'no zone'],
    ['2026-01-05T10:00Z', 'no seconds'],
    ['2026-01-05T10:00:00.Z', 'a point without a fraction'],
    ['2026-01-05T10:00:00+0200', 'a zone without a colon'],
    [' 2026-01-05T10:00:00Z', 'a space before'],
    ['2026-01-05T10:00:00Z\n', 'a line end'],
    ['２026-01-05T10:00:00Z', 'a digit of another script'],
    ['2026-02-29T10:00:00Z', '29 February of a common year'],
    ['2026-02-30T10:00:00Z', '30 February'],
    ['2026-04-31T23:30:00-02:00', '31 April'],
    ['2026-13-01T10:00:00Z', 'month 13'],
    ['2026-00-10T10:00:00Z', 'month 0'],
    ['2026-01-05T24:00:00Z', 'hour 24'],
    ['2026-01-05T10:60:00Z', 'minute 60'],
    ['2016-12-31T23:59:60Z', 'a leap second: microseconds since 1970 have no place for it'],
    ['2026-01-05T10:00:00+24:00', 'a zone of a day'],
    ['2026-01-05T10:00:00+02:60', 'a zone of 60 minutes'],
    ['2400-01-01T00:00:00Z', 'too late to be held exactly'],
    ['0001-01-01T00:00:00Z', 'too early'],
  ])('%j is none: %s', (text) => expect(parseTime(text)).toBeNull());
});

describe('2. Writing one', () => {
  it.each<[number, string]>([
    [0, '1970-01-01T00:00:00.000000Z'],
    [TEN + 7, '2026-01-05T10:00:00.000007Z'],
    [TEN + 123_456, '2026-01-05T10:00:00.123456Z'],
    [-1, '1969-12-31T23:59:59.999999Z'],
  ])('%d is %s', (at, text) => expect(formatTime(at)).toBe(text));

  it('and reading it gives the same instant', () => {
    const instant = fc.integer({ min: -8e15, max: 8e15 });
    fc.assert(fc.property(instant, (at) => parseTime(formatTime(at)) === at));
  });

  it('and texts are in the order of time, from 1970 on', () => {
    const instant = fc.nat(8e15);
    fc.assert(fc.property(instant, instant, (a, b) => formatTime(a) < formatTime(b) === a < b));
  });
});

it('3. Durations are microseconds', () => {
  expect([SECOND, MINUTE, HOUR, DAY]).toEqual([1e6, 6e7, 3.6e9, 8.64e10]);
});
