import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { coshLess1OfSmall, exponential, isSmall, logarithmOf1Less, sinhOfSmall } from './small-numbers.js';

// Spread evenly: doubles drawn by their bits would nearly all be tiny.
const even = (most: number) => fc.integer({ min: -1e9, max: 1e9 }).map((k) => (k / 1e9) * most);
const near = fc.oneof(even(0.05), even(0.001), fc.double({ min: -0.05, max: 0.05, noNaN: true }));
const apart = (found: number, wanted: number): number => Math.abs(found / wanted - 1);

it('e^x is what the engine says, to all digits, on both sides of where the series ends', () => {
  const far = even(700);
  fc.assert(fc.property(fc.oneof(near, far), (x) => expect(apart(exponential(x), Math.exp(x))).toBeLessThan(4e-16)));
  expect([exponential(-Infinity), exponential(Infinity)]).toEqual([0, Infinity]);
});

it('so is log(1 - x), up to -∞', () => {
  const far = even(3).map((x) => x - 2.0001);
  fc.assert(
    fc.property(fc.oneof(near, far), (x) => {
      if (Math.abs(x) > 1e-300) expect(apart(logarithmOf1Less(x), Math.log1p(-x))).toBeLessThan(6e-16);
    }),
  );
  expect(logarithmOf1Less(1)).toBe(-Infinity);
});

it('odd and even powers add up to e^x - 1 and to e^-x - 1', () => {
  fc.assert(
    fc.property(near, (x) => {
      if (!isSmall(x) || Math.abs(x) < 1e-300) return;
      const [odd, even] = [sinhOfSmall(x), coshLess1OfSmall(x)];
      expect(apart(even + odd, Math.expm1(x))).toBeLessThan(6e-16);
      expect(apart(even - odd, Math.expm1(-x))).toBeLessThan(6e-16);
    }),
  );
});
