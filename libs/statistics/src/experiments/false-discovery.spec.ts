import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectNear } from '../survival/testing/reference.js';
import { figures } from '../testing/figures.js';
import { refusal } from '../testing/refusal.js';
import { seededRandom } from '../testing/seeded-random.js';
import { falseDiscovery, type DiscoveryMethod } from './false-discovery.js';

const r = figures('experiments', 'r');
const methods = ['benjamini-hochberg', 'benjamini-yekutieli'] as const;

describe('False discovery', () => {
  it.each(methods)('1. adjusted p as R’s p.adjust: %s', (method) => {
    expectNear(falseDiscovery(r.p, { method }).adjusted, r.adjusted[method]);
  });

  it('2. findings are those of the step-up rule: the largest k with p(k) ≤ k rate / m, and all below', () => {
    const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(shares, fc.constantFrom(0.01, 0.05, 0.2), (p, rate) => {
        const sorted = [...p].sort((a, b) => a - b);
        const last = sorted.reduce((found, one, k) => (one <= ((k + 1) * rate) / p.length ? k : found), -1);
        const { isFinding, findings } = falseDiscovery(p, { rate });
        expect(isFinding).toEqual(p.map((one) => last >= 0 && one <= sorted[last]!));
        expect(findings).toBe(isFinding.filter(Boolean).length);
      }),
    );
  });

  it('3. the order of tests makes no difference, and one test is as it was', () => {
    const { adjusted } = falseDiscovery([...r.p].reverse());
    expect([...adjusted].reverse()).toEqual([...falseDiscovery(r.p).adjusted]);
    for (const method of methods) expect([...falseDiscovery([0.03], { method }).adjusted]).toEqual([0.03]);
  });

  it('4. of 20 segments without effect, one is called a finding in about 5 % of runs, not in 64 %', () => {
    const random = seededRandom(11);
    let [runs, plain] = [0, 0];
    for (let run = 0; run < 1000; run++) {
      const p = Array.from({ length: 20 }, random);
      runs += Number(falseDiscovery(p).findings > 0);
      plain += Number(p.some((one) => one <= 0.05));
    }
    expect(runs).toBeLessThan(70);
    expect(runs).toBeGreaterThan(30);
    expect(plain).toBeGreaterThan(580);
  });

  it('5. no tests: no findings', () => {
    expect(falseDiscovery([])).toMatchObject({ findings: 0, tests: 0, isFinding: [] });
  });

  it.each([
    [[0.1, NaN], {}, 'invalid-input: p[1] is NaN'],
    [[0.1, 1.1], {}, 'invalid-input: p[1] is 1.1'],
    [[0.1, -0.1], {}, 'invalid-input: p[1] is -0.1'],
    [[0.1], { rate: 1 }, 'invalid-input: rate is 1'],
    [[0.1], { method: 'holm' as DiscoveryMethod }, 'invalid-input: method is holm'],
  ])('6. refuses %j %j', (p, options, message) => {
    expect(refusal(() => falseDiscovery(p, options))).toContain(message);
  });
});
