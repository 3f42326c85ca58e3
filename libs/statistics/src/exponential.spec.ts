import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exponential, exponentialLess1 } from './exponential.js';

it('is what the engine says, to all digits, on both sides of where the series ends', () => {
  const near = fc.double({ min: -0.05, max: 0.05, noNaN: true });
  const far = fc.double({ min: -700, max: 700, noNaN: true });
  fc.assert(
    fc.property(fc.oneof(near, far), (x) => {
      expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThan(4e-16);
      if (Math.abs(x) > 1e-300) expect(Math.abs(exponentialLess1(x) / Math.expm1(x) - 1)).toBeLessThan(6e-16);
    }),
  );
  expect([exponential(-Infinity), exponentialLess1(-Infinity), exponential(Infinity)]).toEqual([0, -1, Infinity]);
});
