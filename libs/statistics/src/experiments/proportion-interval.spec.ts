import { describe, expect, it } from '@jest/globals';
import { expectNear } from '../survival/testing/reference.js';
import { figures } from '../testing/figures.js';
import { refusal } from '../testing/refusal.js';
import { proportionInterval } from './proportion-interval.js';

const r = figures('experiments', 'r');

describe('1. A share with Wilson’s interval', () => {
  it('1.1 as R’s prop.test without correction, also where nobody or everybody has it', () => {
    const cases = [[13, 90], [0, 50], [50, 50], [1, 1], [480, 1200]] as const; // prettier-ignore
    cases.forEach(([events, accounts], k) => {
      const { estimate, lower, upper } = proportionInterval({ events, accounts });
      expect(estimate).toBe(events / accounts);
      expectNear([lower, upper], r.wilson[k]);
    });
  });

  it('1.2 is wider with more confidence', () => {
    const wide = proportionInterval({ events: 3, accounts: 10 }, 0.99);
    const usual = proportionInterval({ events: 3, accounts: 10 });
    expect(wide.lower).toBeLessThan(usual.lower);
    expect(wide.upper).toBeGreaterThan(usual.upper);
  });

  it.each([
    [1, 0, 0.95, 'invalid-input: There are 1 events of 0'],
    [0, 0, 0.95, 'not-enough-data: There are no accounts'],
    [NaN, 5, 0.95, 'invalid-input: There are NaN events'],
    [-1, 5, 0.95, 'invalid-input: There are -1 events'],
    [1, 5, 1, 'invalid-input: confidence is 1'],
  ])('1.3 refuses %d of %d at %d', (events, accounts, confidence, message) => {
    expect(refusal(() => proportionInterval({ events, accounts }, confidence))).toContain(message);
  });
});
