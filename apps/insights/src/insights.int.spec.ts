import { describe, expect, it } from '@jest/globals';
import {
  accountForecastAnswer,
  attributionAnswer,
  benchmarksAnswer,
  catalogueAnswer,
  cohortForecastAnswer,
  cohortsAnswer,
  dataQualityAnswer,
  effectsAnswer,
  exploreAnswer,
  funnelsAnswer,
  immortalTimeAnswer,
  milestonesAnswer,
  milestoneSurvivalAnswer,
  milestoneTimeAnswer,
  nextStepAnswer,
  onboardingAnswer,
  pathsAnswer,
  survivalAnswer,
} from '@milepost/contracts/http';
import { aalenJohansen, coxRegression, landmarkRows, milestoneEffect } from '@milepost/statistics';
import type { z } from 'zod';
import { scopedAccounts } from './insights/scoped-accounts.js';
import { companyApi } from './testing/company-api.js';
import { faults } from './testing/insights-app.js';

const api = companyApi('insights', 400);

async function ask<T extends z.ZodType>(schema: T, path: string): Promise<z.infer<T>> {
  const response = await fetch(api.base + path);
  const body: unknown = await response.json();
  if (response.status !== 200) throw new Error(`${response.status} ${JSON.stringify(body)} ${JSON.stringify(faults)}`);
  return schema.parse(body);
}
const only = async <T>(rows: Promise<T[]>): Promise<T> => (await rows)[0]!;
const sql = <T>(query: string): Promise<T[]> =>
  api.client
    .query({ query, format: 'JSONEachRow', clickhouse_settings: { output_format_json_quote_64bit_integers: 0 } })
    .then((result) => result.json<T>());

describe('1. Every question has an answer that holds to its description', () => {
  it.each([
    ['/v1/milestones', milestonesAnswer],
    ['/v1/milestones?by=cohort&within=30&channel=sales', milestonesAnswer],
    ['/v1/milestones/first-value?by=channel', milestoneTimeAnswer],
    ['/v1/funnels', funnelsAnswer],
    ['/v1/funnels?steps=setup-complete,first-value,subscribed,renewed&order=strict&within=90&by=all', funnelsAnswer],
    ['/v1/cohorts', cohortsAnswer],
    ['/v1/cohorts?period=month&periods=4&by=segment', cohortsAnswer],
    ['/v1/survival', survivalAnswer],
    ['/v1/survival?clock=renewal', survivalAnswer],
    ['/v1/survival?outcome=expansion&by=channel&at=30,60', survivalAnswer],
    ['/v1/milestones/team-adoption/survival', milestoneSurvivalAnswer],
    ['/v1/milestones/team-adoption/survival?design=time-varying&outcome=expansion', milestoneSurvivalAnswer],
    ['/v1/milestones/habit/immortal-time', immortalTimeAnswer],
    ['/v1/effects?exposure=team-adoption&landmark=30&horizon=60', effectsAnswer],
    ['/v1/effects?exposure=first-value&outcome=revenue', effectsAnswer],
    ['/v1/effects?exposure=automated&outcome=retention', effectsAnswer],
    ['/v1/onboarding', onboardingAnswer],
    ['/v1/data-quality', dataQualityAnswer],
    ['/v1/explore?measures=accounts,billed-90,reached:habit&dimensions=segment,channel', exploreAnswer],
    ['/v1/explore/catalogue', catalogueAnswer],
    ['/v1/benchmarks', benchmarksAnswer],
    ['/v1/benchmarks?measure=reached:habit&by=industry', benchmarksAnswer],
    ['/v1/attribution', attributionAnswer],
    ['/v1/attribution?outcome=expanded&halfLife=7&within=90&segment=smb', attributionAnswer],
    ['/v1/paths', pathsAnswer],
    ['/v1/paths?steps=3&within=45&segment=smb', pathsAnswer],
    ['/v1/paths/next-step?at=first-value&outcome=renewed', nextStepAnswer],
    ['/v1/forecasts/cohorts', cohortForecastAnswer],
    ['/v1/forecasts/cohorts?termMonths=3&by=all&renewals=4', cohortForecastAnswer],
    ['/v1/forecasts/accounts?limit=5', accountForecastAnswer],
  ] as const)('1.1 %s', async (path, schema) => {
    const answer = (await ask(schema as z.ZodType, path)) as { sentence: string; sample: { accounts: number } };
    expect(answer.sample.accounts).toBeGreaterThan(0);
    expect(answer.sentence).toMatch(/^[^\n]{20,}\.$/);
    expect(JSON.stringify(answer)).not.toMatch(/NaN|undefined/);
  });
});

describe('2. Answers agree with the events, and with each other', () => {
  it('2.1 reached and mature are those of the journey, counted by hand', async () => {
    const { data } = await ask(milestonesAnswer, '/v1/milestones?by=all&within=14');
    const start = new Map<string, number>();
    const reached = new Map<string, number>();
    for (const row of await sql<{ account: string; at: number }>(
      `SELECT account_id AS account, toUnixTimestamp64Micro(min(occurred_at)) AS at FROM milepost.events WHERE type = 'account.created' GROUP BY account`,
    ))
      start.set(row.account, row.at);
    for (const row of await sql<{ account: string; at: number }>(
      `SELECT account_id AS account, toUnixTimestamp64Micro(min(occurred_at)) AS at FROM milepost.events WHERE type = 'workflow.run' AND outcome = 'succeeded' GROUP BY account`,
    ))
      reached.set(row.account, row.at);
    const window = 14 * 86_400_000_000;
    const until = Date.UTC(2026, 5, 1) * 1000;
    const mature = [...start].filter(([, at]) => until - at >= window);
    const inTime = mature.filter(([account, at]) => (reached.get(account) ?? Infinity) - at <= window);
    const [group] = data.find(({ milestone }) => milestone === 'first-value')!.groups;
    expect(group).toMatchObject({ accounts: 400, reached: { count: inTime.length, of: mature.length }, ever: reached.size }); // prettier-ignore
  });

  it('2.2 the groups of an answer add up to the whole, and a filter gives the group', async () => {
    const groups = (await ask(funnelsAnswer, '/v1/funnels?by=segment')).data.groups;
    const [all] = (await ask(funnelsAnswer, '/v1/funnels?by=all')).data.groups;
    all!.steps.forEach((step, k) => {
      expect(groups.reduce((sum, { steps }) => sum + steps[k]!.ofAll.count, 0)).toBe(step.ofAll.count);
    });
    const [smb] = (await ask(funnelsAnswer, '/v1/funnels?by=all&segment=smb')).data.groups;
    expect(smb!.steps).toEqual(groups.find(({ group }) => group === 'smb')!.steps);
  });

  it('2.3 a funnel of one step, the milestone’s share and explore’s measure are the same figure', async () => {
    const [one] = (await ask(funnelsAnswer, '/v1/funnels?by=all&steps=habit&within=45')).data.groups;
    const { data } = await ask(milestonesAnswer, '/v1/milestones?by=all&within=45');
    const share = data.find(({ milestone }) => milestone === 'habit')!.groups[0]!.reached;
    expect(one!.steps[0]!.ofAll).toEqual(share);
    const planned = (await ask(milestonesAnswer, '/v1/milestones?by=segment')).data;
    const explored = await ask(exploreAnswer, '/v1/explore?measures=reached:habit');
    for (const { dimensions, measures } of explored.data.rows) {
      const { of, estimate } = planned.find(({ milestone }) => milestone === 'habit')!.groups.find(({ group }) => group === dimensions['segment'])!.reached; // prettier-ignore
      expect(measures['reached:habit']).toMatchObject({ of, estimate });
    }
  });

  it('2.4 survival and the time to a milestone count every account once', async () => {
    const { data } = await ask(survivalAnswer, '/v1/survival?by=segment');
    expect(data.groups.reduce((sum, one) => sum + one.accounts, 0)).toBe(400);
    const cancelled = await only(sql<{ n: number }>(`SELECT uniqExact(account_id) AS n FROM milepost.events WHERE type = 'subscription.cancelled'`)); // prettier-ignore
    expect(data.groups.reduce((sum, one) => sum + one.events, 0)).toBe(cancelled.n);
    const times = await ask(milestoneTimeAnswer, '/v1/milestones/first-value?by=all');
    const [group] = times.data.groups;
    expect(group!.reached + group!.endedBefore + group!.censored).toBe(400);
    expect(group!.curve.every(({ estimate }, k, all) => k === 0 || estimate! > all[k - 1]!.estimate!)).toBe(true);
  });

  it('2.5 a landmark counts everyone once: kept, ended or too young', async () => {
    const { data } = await ask(milestoneSurvivalAnswer, '/v1/milestones/first-value/survival?landmarks=14,30');
    for (const { accounts, leftOut } of data.comparisons) expect(accounts + leftOut.ended + leftOut.tooYoung).toBe(400);
  });

  it('2.6 pages of explore, one after the other, are the whole', async () => {
    const path = '/v1/explore?measures=accounts&dimensions=channel,region';
    const whole = (await ask(exploreAnswer, path)).data.rows;
    const pages: typeof whole = [];
    let next: string | null = '';
    while (next !== null) {
      const page: z.infer<typeof exploreAnswer> = await ask(exploreAnswer, `${path}&limit=5${next && `&cursor=${next}`}`); // prettier-ignore
      pages.push(...page.data.rows);
      next = page.data.next;
    }
    expect(pages).toEqual(whole);
    expect(whole).toHaveLength(12);
  });
});

describe('2. Hazard ratios from counts are those from accounts', () => {
  interface Account {
    observed: number;
    ended: number | null;
    reached: number | null;
  }
  const accountsOf = () =>
    sql<Account>(`SELECT observed, ended, reached[3] AS reached FROM milepost.account_rows WHERE segment = 'smb' AND snapshot = (SELECT max(snapshot) FROM milepost.snapshots)`); // prettier-ignore
  /** What happened counts at the end of its day, what was censored at the end of the last day seen whole. */
  const whole = (time: number, event: number): number => (event === 1 ? Math.ceil(time) : Math.floor(time));

  it('2.11 at a landmark', async () => {
    const rows = await accountsOf();
    const event = rows.map(({ ended }) => (ended === null ? 0 : 1));
    const kept = landmarkRows({ time: rows.map(({ ended, observed }) => ended ?? observed), event, reached: rows.map(({ reached }) => reached) }, { at: 30 }); // prettier-ignore
    const fit = coxRegression({ time: Array.from(kept.time, (time, i) => whole(time, kept.event[i]!)), event: kept.event, covariates: { reached: kept.reached } }); // prettier-ignore
    const { data } = await ask(
      milestoneSurvivalAnswer,
      '/v1/milestones/team-adoption/survival?segment=smb&landmarks=30',
    );
    const { ratio, lower, upper } = fit.coefficients[0]!;
    const got = data.comparisons[0]!.hazardRatio!;
    expect([got.ratio, got.lower, got.upper].map((one) => one.toFixed(9))).toEqual([ratio, lower, upper].map((one) => one.toFixed(9))); // prettier-ignore
    expect(data.comparisons[0]!.accounts).toBe(kept.row.length);
  });

  it('2.12 switched on when reached', async () => {
    const rows = (await accountsOf()).map(({ ended, observed, reached }) => ({ time: whole(ended ?? observed, ended === null ? 0 : 1), event: ended === null ? 0 : 1, reached: reached === null ? null : Math.ceil(reached) })); // prettier-ignore
    const seen = rows.filter(({ time }) => time > 0);
    const { fit } = milestoneEffect({ time: seen.map(({ time }) => time), event: seen.map(({ event }) => event), reached: seen.map(({ reached }) => reached) }, { kind: 'switched' }); // prettier-ignore
    const { data } = await ask(
      milestoneSurvivalAnswer,
      '/v1/milestones/team-adoption/survival?segment=smb&design=time-varying',
    );
    expect(data.comparisons[0]!.hazardRatio!.ratio).toBeCloseTo(fit.coefficients[0]!.ratio, 9);
    expect(data.comparisons[0]!.events).toBe(fit.events);
  });
});

describe('2. Paths and pages agree', () => {
  it('2.7 every state is come to by as many accounts in the paths as in the funnel, whatever is put together', async () => {
    for (const steps of [2, 12]) {
      const found = (await ask(pathsAnswer, `/v1/paths?within=60&steps=${steps}`)).data;
      expect(found.reached).toHaveLength(8);
      expect(found.states.includes('other')).toBe(steps === 2);
      for (const { state, count, of } of found.reached) {
        const { data } = await ask(funnelsAnswer, `/v1/funnels?by=all&within=60&steps=${state}`);
        expect([state, count, of]).toEqual([state, data.groups[0]!.steps[0]!.ofAll.count, data.groups[0]!.accounts]);
      }
    }
  });

  it('2.8 what comes to a state leaves it, and every account ends once', async () => {
    const { states, transitions, reached } = (await ask(pathsAnswer, '/v1/paths?within=60&steps=3')).data;
    const flow = (field: 'from' | 'to', state: string): number =>
      transitions.reduce((sum, one) => sum + (one[field] === state ? one.count : 0), 0);
    for (const state of states.slice(1, -2)) expect([state, flow('to', state)]).toEqual([state, flow('from', state)]);
    const all = reached[0]!.of;
    expect(flow('from', 'signup')).toBe(all);
    expect(flow('to', 'cancelled') + flow('to', 'still-there')).toBe(all);
    for (const state of states.slice(0, -2)) {
      const out = transitions.filter(({ from }) => from === state);
      expect(out.reduce((sum, one) => sum + one.estimate!, 0)).toBeCloseTo(1, 12);
    }
  });

  it('2.9 attribution shares out every outcome once, by each way of counting', async () => {
    const { data, events } = await ask(attributionAnswer, '/v1/attribution?within=60');
    const subscribed = (await ask(funnelsAnswer, '/v1/funnels?by=all&within=60&steps=subscribed')).data.groups[0]!.steps[0]!; // prettier-ignore
    expect([events.count, data.conversionRate]).toEqual([subscribed.ofAll.count, subscribed.ofAll.estimate]);
    for (const share of [(one) => one.decay, (one) => one.lastTouch, (one) => one.removal!.share] as ((
      one: (typeof data.touches)[number],
    ) => number)[]) {
      // prettier-ignore
      expect(data.touches.reduce((sum, one) => sum + share(one), 0)).toBeCloseTo(1, 9);
    }
    expect(data.touches.some(({ isQualitative }) => isQualitative)).toBe(true);
    expect(data.themes.length).toBeGreaterThan(3);
  });

  it('2.13 who is active in a period is counted by hand from the days of each account', async () => {
    const { snapshot } = api.keeper.open();
    const rows = await sql<{ segment: string; observed: number; active_days: number[] }>(
      `SELECT segment, observed, active_days FROM milepost.account_rows WHERE snapshot = ${snapshot.id}`,
    );
    const { data } = await ask(cohortsAnswer, '/v1/cohorts?by=segment&periods=10');
    expect(data.groups).toHaveLength(3);
    for (const { group, accounts, active } of data.groups) {
      const own = rows.filter(({ segment }) => segment === group);
      const byHand = Array.from({ length: 10 }, (_, week) => {
        const mature = own.filter(({ observed }) => observed >= 7 * (week + 1));
        const count = mature.filter((one) => one.active_days.some((day) => Math.floor(day / 7) === week)).length;
        return { count, of: mature.length };
      });
      expect([accounts, active.map(({ count, of }) => ({ count, of }))]).toEqual([own.length, byHand]);
    }
  });

  it('2.14 expansions are learnt from stretches of 30 days that are counted by hand from each contract', async () => {
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
    const sums = await Promise.all([1, 2].map(async (every) => {
      const counted = await api.keeper.open().ask<{ accounts: number }>('expansion-periods', { ...parameters, days: 30, every }); // prettier-ignore
      return counted.reduce((sum, { accounts }) => sum + accounts, 0) / stretches;
    })); // prettier-ignore
    expect(sums[0]).toBe(1);
    expect([sums[1]! > 0.3, sums[1]! < 0.7]).toEqual([true, true]);
    const { data, events, warnings, sentence } = await ask(accountForecastAnswer, '/v1/forecasts/accounts?limit=500');
    expect(events.what).toContain(`${expanded.toLocaleString('en')} of ${stretches.toLocaleString('en')} periods`);
    const { on, events: later, brier, baseBrier, beatsBase } = data.judged.expansion;
    expect([on > later, later > 0, beatsBase]).toEqual([true, true, brier! < baseBrier!]);
    expect(warnings.filter(({ text }) => text.includes('on later expansions'))).toHaveLength(beatsBase ? 0 : 1);
    for (const { expansion, renewal } of data.accounts) {
      for (const { estimate, lower, upper, reasons } of [expansion, renewal]) {
        expect(lower <= estimate && estimate <= upper && lower >= 0 && upper <= 1).toBe(true);
        expect(reasons.length).toBeLessThanOrEqual(3);
      }
      expect(expansion.reasons.length).toBe(beatsBase ? 3 : 0);
    }
    expect(sentence).toMatch(
      / are expected to expand within 30 days, by the (model|share of their segments); most likely is /,
    );
  });

  it('2.15 a cohort’s expansions are its cumulative incidence since the contract began, counted by hand', async () => {
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
    const { data } = await ask(cohortForecastAnswer, '/v1/forecasts/cohorts?renewals=2');
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
      expect(expansion!.estimate).toBeCloseTo(j < 0 ? 0 : causes[0]!.incidence[j]!, 12);
      expect(expansion!.events).toBe(ends.filter((one) => one.cause === 1 && one.time <= expansion!.byDay).length);
    }
    expect(data.groups.reduce((sum, { expansion }) => sum + expansion!.events, 0)).toBeGreaterThan(5);
  });

  it('2.10 pages of account forecasts, one after the other, are everybody in a running term', async () => {
    const names: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: z.infer<typeof accountForecastAnswer> = await ask(accountForecastAnswer, `/v1/forecasts/accounts?limit=60${next && `&cursor=${next}`}`); // prettier-ignore
      names.push(...page.data.accounts.map(({ account }) => account));
      next = page.data.next;
    }
    const running = await only(sql<{ n: number }>(`SELECT uniqExact(account_id) AS n FROM milepost.events WHERE type = 'subscription.started' AND account_id NOT IN (SELECT account_id FROM milepost.events WHERE type = 'subscription.cancelled')`)); // prettier-ignore
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(running.n);
  });
});
