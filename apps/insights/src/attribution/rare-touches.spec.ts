import { expect, it } from '@jest/globals';
import { withoutRare } from './rare-touches.js';

const rows = [
  { channels: ['ads', 'guide', 'fair-1', 'fair-1'], accounts: 4 },
  { channels: ['ads', 'fair-2'], accounts: 3 },
  { channels: ['guide', 'fair-3'], accounts: 2 },
];

it('leaves touches as they are while there are no more than may be', () => {
  expect(withoutRare(rows, 5)).toEqual({ rows, rare: 0 });
});

it('takes the rarest together beyond, by accounts and not by how often one account had it', () => {
  const { rows: fewer, rare } = withoutRare(rows, 3);
  expect(fewer.map(({ channels }) => channels.join(' '))).toEqual([
    'ads guide other other',
    'ads other',
    'guide other',
  ]);
  expect(fewer.map(({ accounts }) => accounts)).toEqual([4, 3, 2]);
  expect(rare).toBe(3);
});

it('breaks ties by name, so that the same data are always told alike', () => {
  const alike = ['b', 'a', 'c'].map((one) => ({ channels: [one], accounts: 1 }));
  expect(withoutRare(alike, 2).rows.map(({ channels }) => channels[0])).toEqual(['other', 'a', 'other']);
});
