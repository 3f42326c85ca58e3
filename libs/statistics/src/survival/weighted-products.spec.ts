import { describe, expect, it } from '@jest/globals';
import { seededNormal, seededRandom } from '../testing/seeded-random.js';
import { expectNear } from './testing/reference.js';
import { weightedProducts } from './weighted-products.js';

function oneByOne(x: Float64Array, weight: Float64Array, size: number): number[] {
  const sums: number[] = [];
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) sums.push(weight.reduce((sum, one, i) => sum + one * x[i * size + a]! * x[i * size + b]!, 0)); // prettier-ignore
  }
  return sums;
}

describe('1. The sums of all products, however they are added up', () => {
  const random = seededRandom(7);
  const level = (share: number) => () => ((random() < share ? 1 : 0) - share) / Math.sqrt(share * (1 - share));
  const amount = () => seededNormal(random);
  const drawn = (rows: number, columns: readonly (() => number)[]) =>
    Float64Array.from({ length: rows * columns.length }, (_, i) => columns[i % columns.length]!());

  it.each([
    ['amounts', [amount, amount, amount]],
    ['levels, of which most rows have one', [level(0.1), level(0.2), level(0.05), level(0.95)]],
    ['both', [amount, level(0.1), level(0.1), level(0.1), level(0.02)]],
    ['a value so rare that its column is far from 0 there', [level(0.001), level(0.999), level(0.1)]],
  ])('1.1 %s', (_, columns) => {
    for (const rows of [1, 4, 7, 1_002]) {
      const x = drawn(rows, columns);
      const weight = Float64Array.from({ length: rows }, () => 1 + Math.floor(4 * random()));
      expectNear(weightedProducts(x, weight, columns.length), oneByOne(x, weight, columns.length), 1e-10);
    }
  });

  it('1.2 whichever values are taken for common', () => {
    const x = drawn(200, [level(0.1), level(0.1), level(0.1)]);
    const weight = new Float64Array(200).fill(1);
    const common = Float64Array.of(x[0]!, x[1]!, 0.5);
    expectNear(weightedProducts(x, weight, 3, common), oneByOne(x, weight, 3), 1e-10);
  });

  it('1.3 of nothing', () => {
    expect([...weightedProducts(new Float64Array(0), new Float64Array(0), 2)]).toEqual([0, 0, 0]);
    expect([...weightedProducts(new Float64Array(0), new Float64Array(9).fill(1), 0)]).toEqual([]);
  });
});
