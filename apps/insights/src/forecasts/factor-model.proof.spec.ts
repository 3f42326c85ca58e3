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
    return { account: `a${i}`, week, begun: week, segment: i % 3 === 0 ? 'enterprise' : 'smb', size: 4 + (i % 5), term: 1 + (i % 4), idle, active: Math.floor(14 * chance.next()), milestones: i % 6, came }; // prettier-ignore
  });
}

describe('1. A model of renewals is heard only if it earned it', () => {
  it('1.1 it beats the segments’ shares on later renewals where there is something to learn', () => {
    const judged = judgeLoss(decisions(0.2, 3));
    expect(judged.on).toBe(240);
    expect(judged.beatsBase).toBe(true);
    expect(judged.brier!).toBeLessThan(0.9 * judged.baseBrier!);
  });

  it('1.2 and hardly ever where there is nothing: of 60 companies some do better by chance, and few are heard', () => {
    const all = Array.from({ length: 60 }, (_, seed) => judgeLoss(decisions(0, seed)));
    const better = all.filter(({ brier, baseBrier }) => brier! < baseBrier!).length;
    const heard = all.filter(({ beatsBase }) => beatsBase).length;
    expect([better > heard, heard <= 3]).toEqual([true, true]);
    for (const { gain, beatsBase } of all) expect(beatsBase).toBe(gain!.estimate > 1.644853627 * gain!.standardError);
  });

  it('1.3 with too few losses to fit it is not heard, and nothing fails', () => {
    const none = decisions(0, 1).map((row) => ({ ...row, came: 0 }));
    expect(judgeLoss(none)).toMatchObject({ brier: null, beatsBase: false });
    expect(judgeLoss([])).toMatchObject({ on: 0, beatsBase: false });
    // Much better, but on too few: judged, and not heard.
    const rare = decisions(0.4, 3).map((row, i) => (i % 6 === 0 ? row : { ...row, came: 0, idle: 0 }));
    const judged = judgeLoss(rare);
    expect(judged.events).toBeLessThan(10);
    expect([judged.gain!.estimate > 1.645 * judged.gain!.standardError, judged.beatsBase]).toEqual([true, false]);
  });

  it('1.4 who is idle is forecast to leave, with bounds about it; each decision four times over makes none narrower', () => {
    const rows = decisions(0.2, 5);
    const [busy, idle] = predictFactors(RENEWAL_FACTORS, fitFactors(RENEWAL_FACTORS, rows), [{ ...rows[0]!, idle: 0 }, { ...rows[0]!, idle: 28 }]) as [{ probability: number; lower: number; upper: number }, { probability: number; lower: number; upper: number }]; // prettier-ignore
    expect(busy.upper).toBeLessThan(idle.lower);
    const fourfold = fitFactors(RENEWAL_FACTORS, rows.flatMap((row) => [row, row, row, row])); // prettier-ignore
    const once = fitFactors(RENEWAL_FACTORS, rows);
    expect(fourfold.coefficients.at(-1)!.standardError / once.coefficients.at(-1)!.standardError).toBeCloseTo(1, 1);
  });

  it('1.5 a segment without losses is not certain to renew, and is judged as if one had come and one had not', () => {
    const rows = decisions(0.2, 3);
    expect(segmentShares(rows.map((row) => ({ ...row, came: 0 }))).get('smb')!.upper).toBeGreaterThan(0.005);
    // A segment of which nothing was known before is judged beside the share of all.
    const cut = [...new Set(rows.map(({ week }) => week))].sort((a, b) => b - a)[11]!;
    const later = rows.map((row) => (row.week >= cut ? { ...row, segment: 'new' } : row));
    const earlier = rows.filter(({ week }) => week < cut);
    const all = (earlier.filter(({ came }) => came === 1).length + 1) / (earlier.length + 2);
    const own = rows.filter(({ week }) => week >= cut);
    expect(judgeLoss(later).baseBrier).toBeCloseTo(own.reduce((sum, { came }) => sum + (all - came) ** 2, 0) / own.length, 12); // prettier-ignore
  });

  it('1.6 better by chance is not heard: what one account does again and again says it once', () => {
    // Ten accounts have most of the later decisions, and the model happens to be right of more of them than not.
    const found = Array.from({ length: 40 }, (_, seed) => {
      const chance = new Chance(seed, 7);
      const fate = Array.from({ length: 10 }, () => ({ idle: Math.floor(30 * chance.next()), came: chance.next() < 0.2 ? 1 : 0 })); // prettier-ignore
      const rows = decisions(0, seed).map((row, i) => (i % 4 === 3 ? row : { ...row, account: `big${i % 10}`, ...fate[i % 10]! })); // prettier-ignore
      const grouped = judgeLoss(rows);
      const apart = judgeFactors(RENEWAL_FACTORS, rows.map((row, i) => ({ ...row, account: `a${i}` }))); // prettier-ignore
      return { grouped, apart };
    }).filter(({ grouped }) => grouped.gain !== null);
    expect(found.length).toBeGreaterThan(20);
    for (const { grouped, apart } of found) expect(grouped.gain!.estimate).toBeCloseTo(apart.gain!.estimate, 12);
    const count = (side: 'grouped' | 'apart') => found.filter((one) => one[side].beatsBase).length;
    expect(count('grouped')).toBeLessThan(count('apart'));
  });
});

/** Stretches of 30 days over two years of weeks: months without an expansion do (or do not) make one likelier. */
function stretches(slope: number, seed: number): Decided<ExpansionFactor>[] {
  const chance = new Chance(seed, 0);
  return Array.from({ length: 2_000 }, (_, i) => {
    const active = Math.floor(14 * chance.next());
    const came = chance.next() < 1 / (1 + Math.exp(2.5 - slope * (active - 7))) ? 1 : 0;
    const begun = 2_900 + Math.floor(i / 20);
    return { account: `a${i}`, week: begun + 4, begun, segment: i % 3 === 0 ? 'enterprise' : 'smb', size: 4 + (i % 5), months: Math.log2(1 + (i % 7)), before: i % 2, idle: Math.floor(30 * chance.next()), active, milestones: i % 6, came }; // prettier-ignore
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
