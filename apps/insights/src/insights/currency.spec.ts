import { expect, it } from '@jest/globals';
import { minorUnits, namesOf } from './currency.js';

it.each([
  ['EUR', 100],
  ['JPY', 1],
  ['KWD', 1_000],
  ['XYZ', 100],
  ['', 100],
  ['several', 100],
])('minor units in one of %s: %s', (code, minor) => expect(minorUnits(code)).toBe(minor));

it('says what an account in several is billed in', () => {
  expect(namesOf(['EUR', 'JPY', 'several'])).toBe('EUR, JPY and several at once');
});
