import { parseTime } from '@milepost/contracts';
import type { OnboardingEvent } from '@milepost/contracts';
import { compileUnplannedCounter, compileValidator } from '@milepost/plan';
import { samplePlan } from '@milepost/plan/testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { byAccount, isCore } from '../testing/account-history.js';
import { reasonsSeen } from '../testing/reasons-seen.js';
import type { SeenReason } from '../testing/reasons-seen.js';
import { simulateHistory } from './simulate-history.js';

const plan = samplePlan();
const ENDS_AT = parseTime('2026-06-01T00:00:00Z')!;
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

interface Run {
  events: OnboardingEvent[];
  accounts: OnboardingEvent[][];
  /** One list per account. */
  reasons: SeenReason[][];
}
const runs: Run[] = [];

beforeAll(() => {
  for (const seed of SEEDS) {
    const events = [...simulateHistory({ seed, accounts: 200, days: 120, endsAt: ENDS_AT })];
    const accounts = [...byAccount(events).values()];
    runs.push({ events, accounts, reasons: accounts.map((account) => reasonsSeen(account, ENDS_AT)) });
  }
});

const share = (list: readonly unknown[], of: number): number => list.length / of;
/** A share over all runs together: a single run of 200 accounts may be out by chance. */
const overall = (count: (run: Run) => number, of: (run: Run) => number): number =>
  runs.reduce((sum, run) => sum + count(run), 0) / runs.reduce((sum, run) => sum + of(run), 0);
const openOf = (signal: string) => (run: Run) => {
  const codes = new Set(plan.signals.find(({ name }) => name === signal)!.reasons.map(({ code }) => code));
  return run.reasons.filter((list) => list.some(({ code, cause }) => cause === null && codes.has(code))).length;
};

describe('Flowpeak, 200 accounts over 120 days', () => {
  it('says nothing that its tracking plan does not allow or does not know', () => {
    const violationsOf = compileValidator(plan);
    const unplanned = compileUnplannedCounter(plan);
    const isWrong = (event: OnboardingEvent): boolean => {
      const lines = plan.events[event.type]!.productLines;
      const isAstray = event.productLine !== null && lines.length > 0 && !lines.includes(event.productLine);
      return isAstray || unplanned(event) > 0 || violationsOf(event).length > 0;
    };
    for (const { events } of runs) expect(events.filter(isWrong)).toEqual([]);
  });

  it('tells every type of event, of both product lines, whatever the seed', () => {
    for (const { events } of runs) {
      expect(new Set(events.map(({ type }) => type))).toEqual(new Set(Object.keys(plan.events)));
      const lines = new Set(events.filter(isCore).map(({ productLine }) => productLine));
      expect(lines).toEqual(new Set(plan.productLines));
      expect(new Set(events.map(({ source }) => source)).size).toBe(4);
    }
  });

  it('has the segments of the sample company', () => {
    const sizes = runs.flatMap(({ accounts }) => accounts.map(([created]) => created!.context!.companySize!));
    expect(
      share(
        sizes.filter((size) => size < 200),
        sizes.length,
      ),
    ).toBeCloseTo(0.7, 1);
    expect(
      share(
        sizes.filter((size) => size >= 200 && size < 1000),
        sizes.length,
      ),
    ).toBeCloseTo(0.22, 1);
    expect(
      share(
        sizes.filter((size) => size >= 1000),
        sizes.length,
      ),
    ).toBeCloseTo(0.08, 1);
  });

  it('has between 1 and 40 users an account, and 60 to 100 events', () => {
    for (const { accounts, events } of runs) {
      const users = accounts.map((account) => new Set(account.flatMap(({ userId }) => userId ?? [])).size);
      expect(Math.min(...users)).toBeGreaterThanOrEqual(1);
      expect(Math.max(...users)).toBeLessThanOrEqual(40);
      expect(events.length / accounts.length).toBeGreaterThan(60);
      expect(events.length / accounts.length).toBeLessThan(100);
    }
  });

  it('fails and gives up now and then, in core actions only', () => {
    const wrong = (outcome: string) => (run: Run) => run.events.filter((event) => event.outcome === outcome).length;
    const core = (run: Run): number => run.events.filter(isCore).length;
    expect(overall(wrong('failed'), core)).toBeGreaterThan(0.03);
    expect(overall(wrong('failed'), core)).toBeLessThan(0.1);
    expect(overall(wrong('abandoned'), core)).toBeGreaterThan(0.01);
    expect(overall(wrong('abandoned'), core)).toBeLessThan(0.05);
    for (const { events } of runs) {
      expect(events.filter((event) => !isCore(event) && event.outcome !== 'succeeded')).toEqual([]);
    }
  });

  it('gives every reason, and every cause that events alone can give', () => {
    for (const { reasons } of runs) {
      const seen = new Set(reasons.flat().map(({ code, cause }) => `${code} ${cause ?? 'open'}`));
      for (const expected of [
        'stalled:setup-complete reached',
        'stalled:setup-complete cancelled',
        'stalled:first-value reached',
        'stalled:first-value open',
        'quiet recovered',
        'quiet open',
        'failing recovered',
        'depth recovered',
        'limit reached',
        'limit expired',
        'limit open',
      ]) {
        expect(seen).toContain(expected);
      }
    }
  });

  it('ends with a tenth to a fifth of the accounts at risk, and about a tenth ready to expand', () => {
    const accounts = (run: Run): number => run.accounts.length;
    expect(overall(openOf('at-risk'), accounts)).toBeGreaterThan(0.1);
    expect(overall(openOf('at-risk'), accounts)).toBeLessThan(0.2);
    expect(overall(openOf('expansion-ready'), accounts)).toBeGreaterThan(0.07);
    expect(overall(openOf('expansion-ready'), accounts)).toBeLessThan(0.13);
  });
});
