import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exponential, exponentialsLess1 } from './exponential.js';

const less1 = (x: number): readonly number[] => {
  const both = new Float64Array(2);
  exponentialsLess1(x, both);
  return [...both];
};

it('is what the engine says, to all digits, on both sides of where the series ends', () => {
  const near = fc.double({ min: -0.05, max: 0.05, noNaN: true });
  const far = fc.double({ min: -700, max: 700, noNaN: true });
  fc.assert(
    fc.property(fc.oneof(near, far), (x) => {
      expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThan(4e-16);
      if (Math.abs(x) < 1e-300) return;
      const [up, down] = less1(x) as [number, number];
      expect(Math.abs(up / Math.expm1(x) - 1)).toBeLessThan(6e-16);
      expect(Math.abs(down / Math.expm1(-x) - 1)).toBeLessThan(6e-16);
    }),
  );
  expect([exponential(-Infinity), exponential(Infinity), ...less1(Infinity)]).toEqual([0, Infinity, Infinity, -1]);
});
