import { expect, it } from '@jest/globals';
import { headerText } from './log-record.js';

it('1. A header is read as text; of a repeated one the last', () => {
  const headers = { a: Buffer.from('Zoë'), b: 'text', c: ['first', Buffer.from('last')], d: [], e: undefined };
  expect(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => headerText(headers, name))).toEqual([
    'Zoë',
    'text',
    'last',
    undefined,
    undefined,
    undefined,
  ]);
});
