import { describe, expect, it } from '@jest/globals';
import { normalInterval } from './normal-interval.js';

describe('1. A mean with its interval', () => {
  it('1.1 of 1, 2 and 3: Student’s', () => {
    const { estimate, lower, upper } = normalInterval(3, 6, 14);
    // t of 2 degrees is 4.302653; the error is 1/√3.
    expect([estimate, lower, upper]).toEqual([2, expect.closeTo(2 - 4.302653 / Math.sqrt(3), 5), expect.closeTo(2 + 4.302653 / Math.sqrt(3), 5)]); // prettier-ignore
  });

  it('1.2 of nobody none; of one, and of accounts that all have the same, no bounds', () => {
    expect(normalInterval(0, 0, 0)).toEqual({ of: 0, estimate: null, lower: null, upper: null });
    expect(normalInterval(1, 5, 25)).toEqual({ of: 1, estimate: 5, lower: null, upper: null });
    expect(normalInterval(40, 0, 0)).toEqual({ of: 40, estimate: 0, lower: null, upper: null });
    expect(normalInterval(4, 40, 400)).toEqual({ of: 4, estimate: 10, lower: null, upper: null });
  });
});
