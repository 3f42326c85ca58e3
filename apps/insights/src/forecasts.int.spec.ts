import { describe, expect, it } from '@jest/globals';
import { accountForecastAnswer, cohortForecastAnswer } from '@milepost/contracts/http';
import { aalenJohansen } from '@milepost/statistics';
import type { z } from 'zod';
import { partOf } from './forecasts/learnt.js';
import { scopedAccounts } from './insights/scoped-accounts.js';
import { companyApi } from './testing/company-api.js';

const api = companyApi('forecasts', 400);

const { ask, sql } = api;

describe('1. Forecasts rest on contracts as they were', () => {
  it('1.1 expansions are learnt from stretches of 30 days that are counted by hand from each contract', async () => {
    const { snapshot } = api.keeper.open();
    interface Contract {
      observed: number;
      ended: number | null;
      contract: { at: number; kind: string }[];
    }
    const rows = await sql<Contract>(`SELECT observed, ended, contract FROM milepost.account_rows WHERE snapshot = ${snapshot.id}`); // prettier-ignore
    let [stretches, expanded] = [0, 0];
    for (const { observed, ended, contract } of rows) {
      const start = contract.find(({ kind }) => kind === 'started')?.at ?? Infinity;
      const expansions = contract.filter(({ kind, at }) => kind === 'expanded' && at <= (ended ?? Infinity));
      for (let begin = start; begin + 30 <= observed && begin < (ended ?? Infinity); begin += 30) {
        stretches++;
        if (expansions.some(({ at }) => at > begin && at <= begin + 30)) expanded++;
      }
    }
    expect(expanded).toBeGreaterThan(10);
    const { parameters } = await scopedAccounts(api.keeper.open(), {});
    const { ask: asked } = api.keeper.open();
    const rows30 = (query: string, every: number) => asked<{ account: string }>(query, { ...parameters, days: 30, every }); // prettier-ignore
    const [all, half] = [await rows30('expansion-periods', 1), await rows30('expansion-periods', 2)];
    expect(all).toHaveLength(stretches);
    expect([half.length > 0.3 * stretches, half.length < 0.7 * stretches]).toEqual([true, true]);
    // A part is of accounts: who is in it is there with all stretches.
    const kept = new Set(half.map(({ account }) => account));
    expect(all.filter(({ account }) => kept.has(account))).toHaveLength(half.length);
    const [size] = await asked<{ terms: number; periods: number }>('learnt-size', { ...parameters, days: 30 });
    expect(size!.periods).toBeGreaterThanOrEqual(stretches);
    expect(size!.terms).toBeGreaterThanOrEqual((await rows30('decided-terms', 1)).length);
    expect(partOf(size!)).toBe(1);
    expect(partOf({ terms: 250_001, periods: 90_000 })).toBe(3);
    const { data, events, warnings, sentence } = await ask(accountForecastAnswer, '/v1/forecasts/accounts?limit=500');
    expect(events.what).toContain(`${expanded.toLocaleString('en')} of ${stretches.toLocaleString('en')} periods`);
    const { on, events: later, brier, baseBrier, gain, beatsBase } = data.judged.expansion;
    expect([on > later, later > 0, beatsBase]).toEqual([
      true,
      true,
      later >= 10 && gain!.estimate > 1.6449 * gain!.standardError,
    ]);
    expect(gain!.estimate).toBeCloseTo(baseBrier! - brier!, 12);
    expect(warnings.filter(({ text }) => text.includes('on later expansions'))).toHaveLength(beatsBase ? 0 : 1);
    for (const { expansion, renewal } of data.accounts) {
      for (const { estimate, lower, upper, reasons } of [expansion, renewal]) {
        expect(lower <= estimate && estimate <= upper && lower >= 0 && upper <= 1).toBe(true);
        expect(reasons.length).toBeLessThanOrEqual(3);
      }
      expect(expansion.reasons.length).toBe(beatsBase ? 3 : 0);
    }
    expect(sentence).toMatch(
      /; most likely to expand within 30 days: .+, \d+ % \(.+ to .+\) by the (model|share of their segment)\.$/,
    );
  });

  it('1.2 a cohort’s expansions are its cumulative incidence since the contract began, counted by hand', async () => {
    const { snapshot } = api.keeper.open();
    const rows = await sql<{
      segment: string;
      observed: number;
      ended: number | null;
      started: number;
      expansions: number[];
    }>(
      `SELECT segment, observed, ended, started, expansions FROM milepost.account_rows WHERE snapshot = ${snapshot.id} AND first_months = 1 AND started < inf`,
    );
    const { data, warnings } = await ask(cohortForecastAnswer, '/v1/forecasts/cohorts?renewals=2');
    expect(data.groups.length).toBeGreaterThan(1);
    for (const { group, contracts, expansion } of data.groups) {
      const own = rows.filter(({ segment }) => segment === group);
      expect(own).toHaveLength(contracts);
      const ends = own.map(({ observed, ended, started, expansions }) => {
        const first = expansions.find((at) => at > started) ?? Infinity;
        const stop = Math.min(observed, ended ?? Infinity);
        if (first <= stop) return { time: Math.ceil(first - started), cause: 1 };
        return ended !== null && ended <= observed ? { time: Math.ceil(ended - started), cause: 2 } : { time: Math.floor(stop - started), cause: 0 }; // prettier-ignore
      });
      const { time, causes } = aalenJohansen({
        time: ends.map((one) => one.time),
        cause: ends.map(({ cause }) => cause),
      });
      const j = time.findLastIndex((one) => one <= expansion!.byDay);
      expect(expansion!.byDay).toBeLessThanOrEqual(60);
      expect(expansion!.raw.estimate).toBeCloseTo(j < 0 ? 0 : causes[0]!.incidence[j]!, 12);
      expect(expansion!.events).toBe(ends.filter((one) => one.cause === 1 && one.time <= expansion!.byDay).length);
    }
    expect(data.groups.reduce((sum, { expansion }) => sum + expansion!.events, 0)).toBeGreaterThan(5);
    // The fewer there are, the further they are pulled, and towards the others.
    const bySize = [...data.groups].sort((a, b) => a.contracts - b.contracts);
    expect(bySize[0]!.expansion!.pull).toBeGreaterThan(bySize.at(-1)!.expansion!.pull);
    const alone = bySize.map(({ expansion }) => expansion!.raw.estimate);
    for (const { group, expansion } of bySize) {
      expect(expansion!.estimate).toBeGreaterThan(Math.min(...alone) - 0.01);
      expect(expansion!.estimate).toBeLessThan(Math.max(...alone) + 0.01);
      expect(warnings.find(({ text }) => text.startsWith('Expansion is pulled'))!.text).toContain(`${group} by `);
    }
    const whole = await ask(cohortForecastAnswer, '/v1/forecasts/cohorts?renewals=2&by=all');
    expect(whole.data.groups[0]!.expansion).toMatchObject({ pull: 0, ...whole.data.groups[0]!.expansion!.raw });
  });

  it('1.3 pages of account forecasts, one after the other, are everybody in a running term', async () => {
    const names: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: z.infer<typeof accountForecastAnswer> = await ask(accountForecastAnswer, `/v1/forecasts/accounts?limit=60${next && `&cursor=${next}`}`); // prettier-ignore
      names.push(...page.data.accounts.map(({ account }) => account));
      next = page.data.next;
    }
    const [running] = await sql<{ n: number }>(`SELECT uniqExact(account_id) AS n FROM milepost.events WHERE type = 'subscription.started' AND account_id NOT IN (SELECT account_id FROM milepost.events WHERE type = 'subscription.cancelled')`); // prettier-ignore
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(running!.n);
  });
});
