import { describe, expect, it } from '@jest/globals';
import { accounts, are, counted, listed, number, percent, points } from './figures.js';
import { dimensionWarnings, smallCells } from './warnings.js';

describe('1. Figures as sentences say them', () => {
  it('1.1 whole per cents, and a digit more where they would be none or all', () => {
    expect([0, 0.004, 0.012, 0.426, 0.989, 0.996, 1].map(percent)).toEqual(['0 %', '0.4 %', '1 %', '43 %', '99 %', '99.6 %', '100 %']); // prettier-ignore
    expect([1e-22, 1 - 1e-9].map(percent)).toEqual(['0 %', '100 %']);
  });
  it('1.2 numbers without empty digits, counts with their word, lists with an and', () => {
    expect([number(3), number(3.04), number(0.126, 2)]).toEqual(['3', '3', '0.13']);
    expect([number(-0.2, 0), number(-0.6, 0)]).toEqual(['0', '-1']);
    expect(points({ estimate: 0.01, lower: -0.004, upper: 0.2 })).toBe('1 point (0 to 20)');
    expect(points({ estimate: 0.1, lower: -0.01, upper: 0.2 })).toBe('10 points (-1 to 20)');
    expect([accounts(1), accounts(1200)]).toEqual(['1 account', '1,200 accounts']);
    expect([counted(1, 'loss', 'losses'), counted(0, 'loss', 'losses')]).toEqual(['1 loss', '0 losses']);
    expect([are(0), are(1), are(2)]).toEqual(['are', 'is', 'are']);
    expect([listed([]), listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']);
  });
});

describe('2. Warnings', () => {
  it('2.1 name the small cells, and only them', () => {
    expect(smallCells([{ group: 'smb', accounts: 20 }])).toEqual([]);
    expect(smallCells([{ group: 'smb', accounts: 20 }, { group: 'enterprise', accounts: 19 }])[0]!.text).toContain('enterprise (19)'); // prettier-ignore
  });
  it('2.2 a product line is not known at signup', () => {
    expect(dimensionWarnings('segment')).toEqual([]);
    expect(dimensionWarnings('productLine')[0]!.code).toBe('not-comparable');
  });
});
