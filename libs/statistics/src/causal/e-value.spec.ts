import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectNear } from '../survival/testing/reference.js';
import { figures } from '../testing/figures.js';
import { refusal } from '../testing/refusal.js';
import { eValue } from './e-value.js';

const r = figures('causal', 'r').eValues;
const pair = ({ estimate, interval }: ReturnType<typeof eValue>) => [estimate, interval];

describe('E-value', () => {
  it('1. smoking and lung cancer, 3.9 (1.8 to 8.7): 7.26 and 3.0 (VanderWeele & Ding 2017)', () => {
    const value = eValue({ estimate: 3.9, lower: 1.8, upper: 8.7 });
    expect([value.estimate.toFixed(2), value.interval.toFixed(1)]).toEqual(['7.26', '3.0']);
    expectNear(pair(value), r.smoking);
  });

  it('2. is the confounder’s ratio at which the bias factor is the ratio seen', () => {
    expectNear(pair(eValue({ estimate: 0.6, lower: 0.42, upper: 0.85 })), r.below);
    expectNear(pair(eValue({ estimate: 1.3, lower: 0.9, upper: 1.9 })), r.across);
  });

  it('3. odds and hazards of common events by their approximate risk ratios', () => {
    expectNear(pair(eValue({ estimate: 0.86, lower: 0.75, upper: 0.99 }, 'odds-ratio-common')), r.odds);
    expectNear(pair(eValue({ estimate: 0.56, lower: 0.46, upper: 0.69 }, 'hazard-ratio-common')), r.hazard);
    const rare = eValue({ estimate: 2, lower: 1.5, upper: 3 });
    expect(eValue({ estimate: 2, lower: 1.5, upper: 3 }, 'odds-ratio-rare')).toEqual(rare);
    expect(eValue({ estimate: 2, lower: 1.5, upper: 3 }, 'hazard-ratio-rare')).toEqual(rare);
  });

  it('4. a ratio and its inverse need the same confounder; no effect needs none', () => {
    fc.assert(
      fc.property(fc.double({ min: 1.01, max: 50, noNaN: true }), (ratio) => {
        const up = eValue({ estimate: ratio, lower: ratio / 1.005, upper: ratio * 2 });
        const down = eValue({ estimate: 1 / ratio, lower: 1 / (ratio * 2), upper: 1.005 / ratio });
        expectNear(pair(down), pair(up), 1e-9);
        expect(up.estimate).toBeGreaterThan(ratio);
      }),
    );
    expect(eValue({ estimate: 1, lower: 1, upper: 1 })).toEqual({ estimate: 1, interval: 1 });
  });

  it.each([
    [{ estimate: 0, lower: 0, upper: 1 }, undefined, 'invalid-input: ratio is 0'],
    [{ estimate: 2, lower: 2.5, upper: 3 }, undefined, 'invalid-input: ratio is 2 (2.5 to 3)'],
    [{ estimate: NaN, lower: 1, upper: 3 }, undefined, 'invalid-input: ratio is NaN'],
    [{ estimate: 2, lower: 1, upper: Infinity }, undefined, 'invalid-input: ratio is 2 (1 to Infinity)'],
    [{ estimate: 2, lower: 1, upper: 3 }, 'difference', 'invalid-input: scale is difference: give risk-ratio'],
  ])('5. refuses %j %s', (ratio, scale, message) => {
    expect(refusal(() => eValue(ratio, scale as 'risk-ratio'))).toContain(message);
  });
});
