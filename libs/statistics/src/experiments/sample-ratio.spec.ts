import { describe, expect, it } from '@jest/globals';
import { expectNear } from '../survival/testing/reference.js';
import { figures } from '../testing/figures.js';
import { refusal } from '../testing/refusal.js';
import { seededRandom } from '../testing/seeded-random.js';
import { sampleRatio, sampleRatioWatch } from './sample-ratio.js';

const r = figures('experiments', 'r').sampleRatio;
const py = figures('experiments', 'py');

describe('1. One look', () => {
  it('1.1 5000 : 5200: p .04767', () => {
    expect(sampleRatio([5000, 5200]).p.toFixed(5)).toBe('0.04767');
  });

  it('1.2 as R’s chisq.test, shares in any unit', () => {
    const of = (accounts: number[], shares?: number[]) => {
      const { statistic, p } = sampleRatio(accounts, shares ? { shares } : {});
      return [statistic, p];
    };
    expectNear(of([5000, 5200]), r.even);
    expectNear(of([512, 240, 270], [2, 1, 1]), r.three);
    expectNear(of([512, 240, 270], [0.5, 0.25, 0.25]), r.three);
    const far = sampleRatio([900, 100]);
    expect(far.p / r.far[1]).toBeCloseTo(1, 6);
  });

  it('1.3 blocks below its threshold', () => {
    expect(sampleRatio([5000, 5200]).isMismatch).toBe(false);
    expect(sampleRatio([5000, 5400]).isMismatch).toBe(true);
    expect(sampleRatio([5000, 5200], { threshold: 0.05 }).isMismatch).toBe(true);
    expect(sampleRatio([7, 7])).toMatchObject({ statistic: 0, p: 1, isMismatch: false });
  });
});

describe('2. As many looks as one likes', () => {
  it('2.1 Bayes factors as by quadrature', () => {
    const of = (accounts: number[], shares: number[], concentration: number) => sampleRatioWatch(accounts, { shares, concentration }).bayesFactor; // prettier-ignore
    const got = [of([5000, 5200], [1, 1], 1000), of([5000, 5400], [1, 1], 1000), of([130, 40], [2, 1], 50), of([512, 240, 270], [2, 1, 1], 1000)]; // prettier-ignore
    expectNear(got, py.bayesFactors);
  });

  it('2.2 a sound assignment, looked at after every account, rarely raises an alarm; one look at a time often does', () => {
    const random = seededRandom(5);
    let [watched, looked] = [0, 0];
    for (let run = 0; run < 200; run++) {
      const arms: [number, number] = [0, 0];
      let [isWatched, isLooked] = [false, false];
      for (let account = 1; account <= 400; account++) {
        arms[random() < 0.5 ? 0 : 1]++;
        if (account % 4 > 0) continue;
        isWatched ||= sampleRatioWatch(arms, { threshold: 0.05, concentration: 100 }).isMismatch;
        isLooked ||= sampleRatio(arms, { threshold: 0.05 }).isMismatch;
      }
      watched += Number(isWatched);
      looked += Number(isLooked);
    }
    expect(watched).toBeLessThanOrEqual(10);
    expect(looked).toBeGreaterThan(50);
  });

  it('2.3 a wrong share is found', () => {
    expect(sampleRatioWatch([5000, 5600]).isMismatch).toBe(true);
    expect(sampleRatioWatch([50_000, 1]).p).toBeLessThan(1e-200);
  });
});

describe('3. Refusals', () => {
  it.each([
    [[], {}, 'not-enough-data: accounts has 0 arms'],
    [[5], {}, 'not-enough-data: accounts has 1 arms'],
    [[0, 0], {}, 'not-enough-data: All accounts are 0'],
    [[5, -1], {}, 'invalid-input: accounts[1] is -1'],
    [[5, NaN], {}, 'invalid-input: accounts[1] is NaN'],
    [[5, 5], { shares: [1, 0] }, 'invalid-input: shares[1] is 0'],
    [[5, 5], { shares: [1] }, 'invalid-input: shares has 1 values for 2 rows'],
    [[5, 5], { shares: [1, Infinity] }, 'invalid-input: shares[1] is Infinity'],
    [[5, 5], { threshold: 0 }, 'invalid-input: threshold is 0'],
    [[5, 5], { concentration: 0 }, 'invalid-input: concentration is 0'],
  ])('3.1 %j %j', (accounts, options, message) => {
    expect(refusal(() => sampleRatioWatch(accounts, options))).toContain(message);
  });
});
