import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { coshLess1OfSmall, exponential, isSmall, logarithmOf1Less, sinhOfSmall } from './small-numbers.js';

const near = fc.double({ min: -0.05, max: 0.05, noNaN: true });
const apart = (found: number, wanted: number): number => Math.abs(found / wanted - 1);

it('e^x is what the engine says, to all digits, on both sides of where the series ends', () => {
  const far = fc.double({ min: -700, max: 700, noNaN: true });
  fc.assert(fc.property(fc.oneof(near, far), (x) => expect(apart(exponential(x), Math.exp(x))).toBeLessThan(4e-16)));
  expect([exponential(-Infinity), exponential(Infinity)]).toEqual([0, Infinity]);
});

it('so is log(1 - x), up to -∞', () => {
  const far = fc.double({ min: -5, max: 1, maxExcluded: true, noNaN: true });
  const nearest = fc.double({ min: -0.001, max: 0.001, noNaN: true });
  fc.assert(
    fc.property(fc.oneof(nearest, near, far), (x) => {
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
