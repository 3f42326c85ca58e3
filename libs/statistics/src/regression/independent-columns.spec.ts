import { describe, expect, it } from '@jest/globals';
import { independentColumns } from './independent-columns.js';

const even = [1, 1, 1, 1, 1, 1];

describe('1. Columns that others make up', () => {
  it('1.1 a tier that follows from the segment adds nothing, and is named', () => {
    const smb = [1, 1, 0, 0, 0, 0];
    const large = [0, 0, 0, 0, 1, 1];
    const columns = { size: [1, 2, 5, 6, 9, 9.5], smb, large, starter: smb, sales: [0, 1, 0, 1, 0, 1] };
    expect(independentColumns(columns, even)).toEqual({
      kept: { size: columns.size, smb, large, sales: columns.sales },
      implied: ['starter'],
    });
  });

  it('1.2 also with a constant, and only together', () => {
    const a = [1, 1, 0, 0, 0, 0];
    const b = [0, 0, 1, 1, 0, 0];
    const others = [0, 0, 0, 0, 1, 1];
    expect(independentColumns({ a, b, others }, even).implied).toEqual(['others']);
    expect(independentColumns({ a, others }, even).implied).toEqual([]);
  });

  it('1.3 nearly is not quite: one account in ten thousand tells two columns apart', () => {
    const weights = [5_000, 4_999, 1];
    expect(independentColumns({ a: [1, 0, 0], b: [1, 0, 1] }, weights).implied).toEqual([]);
    expect(independentColumns({ a: [1, 0, 0], b: [1, 0, 0] }, weights).implied).toEqual(['b']);
  });
});
