import { describe, expect, it } from '@jest/globals';
import { coxRegression, landmarkRows } from '@milepost/statistics';
import { plantedAccounts } from '../planted-accounts.js';
import type { PlantedAccounts } from '../planted-accounts.js';
import { plantedCompany } from '../planted-company.js';
import type { TouchChain } from '../touch-chain.js';
import { firstValueShares, landmarkLogHazardRatio, landmarkRiskDifference, orderRiskDifference, payingShare, playbookRiskDifference, setupShare, touchContributions } from './index.js'; // prettier-ignore

const ACCOUNTS = 60_000;
const QUESTION = { at: 30, horizon: 150 };
const company = plantedCompany({ seed: 1, hidden: 0.8, drift: null });
const accounts = plantedAccounts({ company, seed: 1, until: ACCOUNTS });

type Accounts = PlantedAccounts;
interface Share {
  events: number;
  of: number;
}
function shareOf(isIn: (a: Accounts, i: number) => boolean, isEvent: (a: Accounts, i: number) => boolean): Share {
  const share = { events: 0, of: 0 };
  for (let i = 0; i < accounts.count; i++) {
    if (!isIn(accounts, i)) continue;
    share.of++;
    if (isEvent(accounts, i)) share.events++;
  }
  return share;
}
const rate = ({ events, of }: Share): number => events / of;
const variance = (share: Share): number => (rate(share) * (1 - rate(share))) / share.of;
/** Four standard errors: chance alone fails once in 16,000. */
const near = (found: number, truth: number, error: number): void =>
  expect(Math.abs(found - truth)).toBeLessThan(4 * error);
const leftBy = (day: number) => (a: Accounts, i: number) => a.churned[i] === 1 && a.ends[i]! <= day;

describe('1. Truths in closed form are what so many accounts show', () => {
  it.each(['integration', 'team'] as const)('1.1 risk difference at a landmark, %s', (milestone) => {
    const times = accounts[milestone === 'integration' ? 'integrationDepth' : 'teamAdoption'];
    const truth = landmarkRiskDifference(company, { milestone, ...QUESTION });
    const parts = [0, 1, 2].flatMap((segment) =>
      [0, 1].map((hidden) => {
        const [others, own] = [false, true].map((isReached) =>
          shareOf(
            (a, i) => a.hasTerm[i] === 0 && a.ends[i]! > 30 && a.segment[i] === segment && a.hidden[i] === hidden && times[i]! <= 30 === isReached, // prettier-ignore
            leftBy(180),
          ),
        ) as [Share, Share];
        return { segment, others, own, size: own.of + others.of };
      }),
    );
    const whole = parts.reduce((sum, { size }) => sum + size, 0);
    const error = Math.sqrt(parts.reduce((sum, { own, others, size }) => sum + (size / whole) ** 2 * (variance(own) + variance(others)), 0)); // prettier-ignore
    near(parts.reduce((sum, { own, others, size }) => sum + (size / whole) * (rate(own) - rate(others)), 0), truth.caused.all, error); // prettier-ignore
    const both = (a: Share, b: Share): Share => ({ events: a.events + b.events, of: a.of + b.of });
    const seen = [0, 2, 4].map((i) => {
      const [own, others] = [both(parts[i]!.own, parts[i + 1]!.own), both(parts[i]!.others, parts[i + 1]!.others)];
      const size = own.of + others.of;
      const overlap = (own.of * others.of) / size;
      return { size, overlap, difference: rate(own) - rate(others) };
    });
    const weighted = (by: 'size' | 'overlap'): number =>
      seen.reduce((sum, one) => sum + one[by] * one.difference, 0) / seen.reduce((sum, one) => sum + one[by], 0);
    near(weighted('size'), truth.seen.all, error);
    near(weighted('overlap'), truth.seen.overlap, error);
  });

  it('1.2 hazard ratio at a landmark', () => {
    const rows = Array.from(accounts.ends.keys()).filter((i) => accounts.hasTerm[i] === 0);
    const { row, time, event, reached } = landmarkRows(
      {
        time: rows.map((i) => accounts.ends[i]!),
        event: rows.map((i) => accounts.churned[i]!),
        reached: rows.map((i) => accounts.integrationDepth[i]!),
      },
      QUESTION,
    );
    const segmentIs = (segment: number) => Array.from(row, (i) => Number(accounts.segment[rows[i]!] === segment));
    const fit = coxRegression({ time, event, covariates: { reached, mid: segmentIs(1), enterprise: segmentIs(2) } });
    const { estimate, standardError } = fit.coefficients[0]!;
    near(estimate, landmarkLogHazardRatio(company, { milestone: 'integration', ...QUESTION }), standardError);
  });

  it.each([0, 1] as const)('1.3 lift of playbook %i', (playbook) => {
    const [heldOut, played] = [1, 2].map((arm) =>
      shareOf((a, i) => a.hasTerm[i] === 0 && a.arms[playbook][i] === arm, leftBy(120)),
    ) as [Share, Share];
    expect(heldOut.of).toBeGreaterThan(5_000);
    near(rate(played) - rate(heldOut), playbookRiskDifference(company, playbook, 90), Math.sqrt(variance(played) + variance(heldOut))); // prettier-ignore
  });

  it('1.4 order of the setup steps', () => {
    const [configures, imports] = [0, 1].map((first) =>
      shareOf(
        (a, i) => a.importsFirst[i] === first && a.setupComplete[i]! + 7 < a.ends[i]!,
        (a, i) => a.firstValue[i]! <= a.setupComplete[i]! + 7,
      ),
    ) as [Share, Share];
    near(rate(imports) - rate(configures), orderRiskDifference(company, 7), Math.sqrt(variance(imports) + variance(configures))); // prettier-ignore
  });

  it('1.5 the opening, by cell and by drift', () => {
    firstValueShares(company, 14).forEach((truth, cell) => {
      const share = shareOf((a, i) => a.cell[i] === cell, (a, i) => a.firstValue[i]! <= 14); // prettier-ignore
      near(rate(share), truth, Math.sqrt(variance(share)));
    });
    const drifting = plantedCompany({ seed: 1, drift: { day: 100, onSetup: 0.6 } });
    const { signup, setupComplete } = plantedAccounts({ company: drifting, seed: 1, until: 20_000 });
    for (const isAfter of [false, true]) {
      const own = Array.from(signup.keys()).filter((i) => signup[i]! >= 100 === isAfter);
      const share = { of: own.length, events: own.filter((i) => setupComplete[i]! <= 3).length };
      near(rate(share), setupShare(drifting, 3, isAfter), Math.sqrt(variance(share)));
    }
  });

  it('1.6 nobody leaves or expands in the trial', () => {
    const [left, expanded] = [accounts.ends, accounts.expanded].map((times) => times.reduce((least, at) => Math.min(least, at), Infinity)); // prettier-ignore
    for (const first of [left!, expanded!]) {
      expect(first).toBeGreaterThan(company.trialDays);
      expect(first).toBeLessThan(company.trialDays + 1);
    }
  });

  it('1.7 how many pay', () => {
    const share = shareOf(() => true, (a, i) => a.paid[i]! < Infinity); // prettier-ignore
    near(rate(share), payingShare(company.touches), Math.sqrt(variance(share)));
  });
});

describe('2. Limits', () => {
  const nothing = { ...plantedCompany({ seed: 1 }), effects: { integrationOnChurn: 1, integrationOnTermEnd: 1, teamOnExpansion: 1 } }; // prettier-ignore

  it('2.1 a milestone without effect, nothing hidden: no difference but the crude one, which size makes', () => {
    const { caused, seen } = landmarkRiskDifference(nothing, { milestone: 'integration', ...QUESTION });
    for (const one of [caused.all, caused.overlap, seen.all, seen.overlap]) expect(one).toBeCloseTo(0, 12);
    expect(seen.crude).toBeLessThan(-0.03);
    expect(landmarkLogHazardRatio(nothing, { milestone: 'integration', ...QUESTION })).toBeCloseTo(0, 9);
    expect(playbookRiskDifference(nothing, 0, 90)).toBeCloseTo(0, 12);
  });

  it('2.2 nobody reaches it later: the landmark has the hazard ratio itself', () => {
    const own = plantedCompany({ seed: 1 });
    const segments = own.segments.map((one) => ({ ...one, integration: 50 }));
    const early = { ...own, segments, effects: { ...own.effects, integrationOnChurn: 0.5 }, trialDays: 0 };
    // At a landmark a few hours in, all that will ever reach it have, but for a few in a million.
    const value = landmarkLogHazardRatio(early, { milestone: 'integration', at: 0.2, horizon: 0.0001 });
    expect(value).toBeCloseTo(Math.log(0.5), 2);
  });

  it('2.3 what the hidden trait adds is seen and not caused', () => {
    const hidden = plantedCompany({ seed: 1, hidden: 0.8 });
    const { caused, seen } = landmarkRiskDifference(hidden, { milestone: 'team', ...QUESTION });
    expect(caused.all).toBeCloseTo(0, 12);
    expect(seen.all).toBeLessThan(-0.03);
  });

  it('2.4 removal effects of the paths C1>C2>C3>conversion, C1>null, C2>C3>null', () => {
    const chain: TouchChain = {
      begins: [2 / 3, 1 / 3, 0],
      next: [
        [0, 0.5, 0],
        [0, 0, 1],
        [0, 0, 0],
      ],
      pays: [0, 0, 0.5],
    };
    const { effects, shares } = touchContributions(chain);
    [0.5, 1, 1].forEach((one, i) => expect(effects[i]).toBeCloseTo(one, 12));
    [0.2, 0.4, 0.4].forEach((one, i) => expect(shares[i]).toBeCloseTo(one, 12));
  });
});
