import { describe, expect, it } from '@jest/globals';
import { seededNormal, seededRandom } from '../testing/seeded-random.js';
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

describe('2. Rounding does not decide', () => {
  const random = seededRandom(11);
  const rows = 3_000;
  const one = new Float64Array(rows).fill(1);
  const normal = () => Float64Array.from(one, () => seededNormal(random));
  const [a, e] = [normal(), normal()];
  const near = (distance: number) => a.map((value, i) => value + distance * e[i]!);

  it('2.1 a column far from 0 that hardly varies is told from another, and known again', () => {
    const far = a.map((value) => 1e9 + value);
    expect(independentColumns({ a, far, e }, one).implied).toEqual(['far']);
    expect(independentColumns({ e, far, a }, one).implied).toEqual(['a']);
  });

  it('2.2 a column of one value does not vary, though its mean is rounded', () => {
    const tenth = one.map(() => 0.1);
    expect(independentColumns({ tenth, a }, one).implied).toEqual(['tenth']);
  });

  it('2.3 a billionth of the variance is the line', () => {
    expect(independentColumns({ a, near: near(Math.sqrt(1.2e-9)) }, one).implied).toEqual([]);
    expect(independentColumns({ a, near: near(Math.sqrt(0.8e-9)) }, one).implied).toEqual(['near']);
  });

  it('2.4 what two columns make up that are nearly the same', () => {
    for (const distance of [1e-2, 1e-3, 1e-4, 4e-5, 4e-5, 4e-5, 4e-5, 4e-5, 4e-5]) {
      const [b, apart] = [normal(), normal()];
      const beside = b.map((value, i) => value + distance * apart[i]!);
      expect(independentColumns({ b, beside, a, apart }, one).implied).toEqual(['apart']);
    }
  });

  it('2.5 levels in many rows: the last of them follows, one that few rows have too', () => {
    const level = Uint8Array.from({ length: 20_000 }, (_, i) => (i < 3 ? 9 : Math.floor(9 * random())));
    const columns = Object.fromEntries(
      Array.from({ length: 10 }, (_, l) => [`l${l}`, Float64Array.from(level, (own) => (own === l ? 1 : 0))]),
    );
    const weights = Float64Array.from(level, () => 1 + Math.floor(4 * random()));
    expect(independentColumns(columns, weights).implied).toEqual(['l9']);
    expect(independentColumns({ ...columns, l5: columns.l6! }, weights).implied).toEqual(['l6']);
  });
});
