import { describe, expect, it } from '@jest/globals';
import { Chance } from '@milepost/simulator';
import { fitLoss, judgeLoss, predictLoss, sharesLost } from './renewal-model.js';
import type { DecidedTerm } from './renewal-model.js';

/** Decisions over 40 weeks in which being idle does (or does not) go with leaving. */
function decisions(slope: number, seed: number): DecidedTerm[] {
  const chance = new Chance(seed, 0);
  return Array.from({ length: 800 }, (_, i) => {
    const idle = Math.floor(30 * chance.next() ** 2);
    const lost = chance.next() < 1 / (1 + Math.exp(2.2 - slope * (idle - 10))) ? 1 : 0;
    return { week: 2_900 + Math.floor(i / 20), segment: i % 3 === 0 ? 'enterprise' : 'smb', size: 4 + (i % 5), term: 1 + (i % 4), idle, active: Math.floor(14 * chance.next()), milestones: i % 6, lost, accounts: 1 }; // prettier-ignore
  });
}

describe('1. A model of renewals is heard only if it earned it', () => {
  it('1.1 it beats the segments’ shares on later renewals where there is something to learn', () => {
    const judged = judgeLoss(decisions(0.2, 3));
    expect(judged.on).toBe(240);
    expect(judged.beatsBase).toBe(true);
    expect(judged.brier!).toBeLessThan(0.9 * judged.baseBrier!);
  });

  it('1.2 and hardly ever where there is nothing: of 20 companies, in few and never by much', () => {
    const all = Array.from({ length: 20 }, (_, seed) => judgeLoss(decisions(0, seed)));
    for (const { brier, baseBrier } of all) expect(brier!).toBeGreaterThan(0.98 * baseBrier!);
  });

  it('1.3 with too few losses to fit it is not heard, and nothing fails', () => {
    const none = decisions(0, 1).map((row) => ({ ...row, lost: 0 }));
    expect(judgeLoss(none)).toMatchObject({ brier: null, beatsBase: false });
    expect(judgeLoss([])).toMatchObject({ on: 0, beatsBase: false });
  });

  it('1.4 who is idle is forecast to leave, with bounds about it; counts are rows', () => {
    const rows = decisions(0.2, 5);
    const [busy, idle] = predictLoss(fitLoss(rows), [{ ...rows[0]!, idle: 0 }, { ...rows[0]!, idle: 28 }]) as [{ probability: number; lower: number; upper: number }, { probability: number; lower: number; upper: number }]; // prettier-ignore
    expect(busy.upper).toBeLessThan(idle.lower);
    const halved = rows.flatMap((row) => [row, row]);
    const doubled = rows.map((row) => ({ ...row, accounts: 2 }));
    expect(fitLoss(doubled).coefficients[0]!.estimate).toBeCloseTo(fitLoss(halved).coefficients[0]!.estimate, 9);
  });

  it('1.5 a segment without losses is not certain to renew', () => {
    expect(sharesLost([])('smb')).toBe(0.5);
    expect(sharesLost(decisions(0, 1).map((row) => ({ ...row, lost: 0 })))('smb')).toBeGreaterThan(0); // prettier-ignore
  });
});
