import { describe, expect, it } from '@jest/globals';
import { Chance } from '@milepost/simulator';
import { fitFactors, predictFactors } from './factor-model.js';
import type { Decided } from './factor-model.js';
import { EXPANSION_FACTORS, RENEWAL_FACTORS } from './forecast-factors.js';
import type { ExpansionFactor, RenewalFactor } from './forecast-factors.js';
import { judgeFactors } from './judge-factors.js';
import { chancesOf, learntOf } from './learnt.js';
import { segmentShares } from './segment-shares.js';

const judgeLoss = (rows: Decided<RenewalFactor>[]) => judgeFactors(RENEWAL_FACTORS, rows);

/** Decisions over 40 weeks in which being idle does (or does not) go with leaving. */
function decisions(slope: number, seed: number): Decided<RenewalFactor>[] {
  const chance = new Chance(seed, 0);
  return Array.from({ length: 800 }, (_, i) => {
    const idle = Math.floor(30 * chance.next() ** 2);
    const came = chance.next() < 1 / (1 + Math.exp(2.2 - slope * (idle - 10))) ? 1 : 0;
    const week = 2_900 + Math.floor(i / 20);
    return { week, begun: week, segment: i % 3 === 0 ? 'enterprise' : 'smb', size: 4 + (i % 5), term: 1 + (i % 4), idle, active: Math.floor(14 * chance.next()), milestones: i % 6, came, accounts: 1 }; // prettier-ignore
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
    const none = decisions(0, 1).map((row) => ({ ...row, came: 0 }));
    expect(judgeLoss(none)).toMatchObject({ brier: null, beatsBase: false });
    expect(judgeLoss([])).toMatchObject({ on: 0, beatsBase: false });
  });

  it('1.4 who is idle is forecast to leave, with bounds about it; counts are rows', () => {
    const rows = decisions(0.2, 5);
    const [busy, idle] = predictFactors(RENEWAL_FACTORS, fitFactors(RENEWAL_FACTORS, rows), [{ ...rows[0]!, idle: 0 }, { ...rows[0]!, idle: 28 }]) as [{ probability: number; lower: number; upper: number }, { probability: number; lower: number; upper: number }]; // prettier-ignore
    expect(busy.upper).toBeLessThan(idle.lower);
    const halved = rows.flatMap((row) => [row, row]);
    const doubled = rows.map((row) => ({ ...row, accounts: 2 }));
    expect(fitFactors(RENEWAL_FACTORS, doubled).coefficients[0]!.estimate).toBeCloseTo(
      fitFactors(RENEWAL_FACTORS, halved).coefficients[0]!.estimate,
      9,
    );
  });

  it('1.5 a segment without losses is not certain to renew', () => {
    expect(segmentShares([])('smb')).toBe(0.5);
    expect(segmentShares(decisions(0, 1).map((row) => ({ ...row, came: 0 })))('smb')).toBeGreaterThan(0); // prettier-ignore
  });
});

/** Stretches of 30 days over two years of weeks: months without an expansion do (or do not) make one likelier. */
function stretches(slope: number, seed: number): Decided<ExpansionFactor>[] {
  const chance = new Chance(seed, 0);
  return Array.from({ length: 2_000 }, (_, i) => {
    const active = Math.floor(14 * chance.next());
    const came = chance.next() < 1 / (1 + Math.exp(2.5 - slope * (active - 7))) ? 1 : 0;
    const begun = 2_900 + Math.floor(i / 20);
    return { week: begun + 4, begun, segment: i % 3 === 0 ? 'enterprise' : 'smb', size: 4 + (i % 5), months: Math.log2(1 + (i % 7)), before: i % 2, idle: Math.floor(30 * chance.next()), active, milestones: i % 6, came, accounts: 1 }; // prettier-ignore
  });
}

describe('2. Expansion is foretold in the same manner', () => {
  it('2.1 by a model that was heard, with bounds and reasons; the busiest is likeliest', () => {
    const rows = stretches(0.35, 3);
    const learnt = learntOf(EXPANSION_FACTORS, rows);
    expect(learnt.judged).toMatchObject({ beatsBase: true });
    expect(learnt.judged.concordance!).toBeGreaterThan(0.65);
    const { slope, intercept } = learnt.judged.calibration!;
    expect([slope!.lower < 1 && slope!.upper > 1, intercept.lower < 0 && intercept.upper > 0]).toEqual([true, true]);
    const page = [0, 7, 13].map((active) => ({ ...rows[0]!, active }));
    const [quiet, usual, busy] = chancesOf(learnt, page) as [Chances, Chances, Chances];
    expect(quiet.upper).toBeLessThan(busy.lower);
    expect(usual.estimate).toBeGreaterThan(0);
    expect(busy.reasons[0]).toMatchObject({ factor: EXPANSION_FACTORS.active, value: 13 });
    expect(busy.reasons[0]!.oddsRatio).toBeGreaterThan(4);
    const truth = 1 / (1 + Math.exp(2.5 - 0.35 * 6));
    expect([busy.lower < truth, busy.upper > truth]).toEqual([true, true]);
  });

  it('2.2 by the share of the segment where there is nothing to learn, without reasons', () => {
    const rows = stretches(0, 4).map((row) => ({ ...row, came: row.segment === 'smb' ? row.came : 0 }));
    const learnt = { ...learntOf(EXPANSION_FACTORS, rows), fit: null };
    const [smb, enterprise, unheard] = chancesOf(learnt, ['smb', 'enterprise', 'mid-market'].map((segment) => ({ ...rows[0]!, segment }))); // prettier-ignore
    const own = rows.filter(({ segment }) => segment === 'smb');
    expect(smb!.estimate).toBeCloseTo(own.filter(({ came }) => came === 1).length / own.length, 12);
    expect(enterprise).toMatchObject({ estimate: 0, lower: 0, reasons: [] });
    expect(enterprise!.upper).toBeGreaterThan(0);
    expect(unheard).toEqual({ estimate: 0.5, lower: 0, upper: 1, reasons: [] });
  });

  it('2.3 judged on what was foretold after all that it learnt from was known', () => {
    const rows = stretches(0.35, 5);
    const { on } = judgeFactors(EXPANSION_FACTORS, rows);
    const cut = [...new Set(rows.map((row) => row.begun))].sort((a, b) => b - a).find((week) => rows.filter((row) => row.begun >= week).length >= 0.3 * rows.length)!; // prettier-ignore
    expect(on).toBe(rows.filter(({ begun }) => begun >= cut).length);
    expect(on).toBeLessThan(rows.filter(({ week }) => week >= cut).length);
    // Turned round in what is neither learnt from nor judged on, nothing changes.
    const between = rows.map((row) => (row.week >= cut && row.begun < cut ? { ...row, came: 1 - row.came } : row));
    expect(judgeFactors(EXPANSION_FACTORS, between)).toEqual(judgeFactors(EXPANSION_FACTORS, rows));
  });
});

type Chances = ReturnType<typeof chancesOf>[number];
