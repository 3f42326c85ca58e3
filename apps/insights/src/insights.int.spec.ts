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
import type { Warning } from '@milepost/contracts/http';
import { coxRegression, landmarkRows, milestoneEffect } from '@milepost/statistics';
import type { z } from 'zod';
import { companyApi } from './testing/company-api.js';
import { widthless } from './testing/widthless.js';
import { percent } from './wording/figures.js';

const api = companyApi('insights', 400);

const { ask, sql } = api;
const only = async <T>(rows: Promise<T[]>): Promise<T> => (await rows)[0]!;

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
    ['/v1/survival?outcome=expansion&by=segment&at=1,2,3', survivalAnswer],
    ['/v1/survival?at=1,2,3', survivalAnswer],
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
    ['/v1/attribution?outcome=expansion&halfLife=7&within=90&segment=smb', attributionAnswer],
    ['/v1/paths', pathsAnswer],
    ['/v1/paths?steps=3&within=45&segment=smb', pathsAnswer],
    ['/v1/paths/next-step?at=first-value&outcome=renewal', nextStepAnswer],
    ['/v1/forecasts/cohorts', cohortForecastAnswer],
    ['/v1/forecasts/cohorts?termMonths=3&by=all&renewals=4', cohortForecastAnswer],
    ['/v1/forecasts/accounts?limit=5', accountForecastAnswer],
  ] as const)('1.1 %s', async (path, schema) => {
    const answer = (await ask(schema as z.ZodType, path)) as {
      sentence: string;
      sample: { accounts: number };
      warnings: Warning[];
    };
    expect(answer.sample.accounts).toBeGreaterThan(0);
    expect(answer.sentence).toMatch(/^[^\n]{20,}\.$/);
    expect(JSON.stringify(answer)).not.toMatch(/NaN|undefined/);
    expect(widthless(answer)).toEqual([]);
    // Nothing is missing in this company's data.
    expect(answer.warnings.map(({ code }) => code)).not.toContain('incomplete-data');
  });
});

describe('1. Of one of a thing every question speaks in the singular', () => {
  const PLURAL = /(?<![\d.,])1 (\w+ )?(accounts|days|events|renewals|terms|losses|expansions|months|contracts|periods|stretches|alarms)\b(?! are\b)|(?<![\d.,])1 of [\d,]+ [a-z ]+s are\b/; // prettier-ignore
  it.each([
    ['/v1/forecasts/cohorts?renewals=1&termMonths=1', 'after 1 renewal: '],
    ['/v1/effects?exposure=first-value&landmark=30&horizon=1&outcome=retention', 'the 1 day after'],
    ['/v1/onboarding?horizon=1&outcome=retention', 'the 1 day after'],
    ['/v1/forecasts/accounts?limit=1', 'Of 1 account on this page'],
    ['/v1/survival?segment=enterprise&channel=partner', ''],
  ])('1.2 %s', async (path, said) => {
    const response = await fetch(api.base + path);
    const text = await response.text();
    expect([response.status, text]).toEqual([200, expect.stringContaining(said)]);
    expect(text).not.toMatch(PLURAL);
  });
});

describe('1. A share in a sentence has its interval', () => {
  const SHARE = /\d %(?! \()/g;
  it.each(['/v1/cohorts', '/v1/survival', '/v1/survival?outcome=expansion', '/v1/forecasts/cohorts?by=all'])(
    '1.3 %s',
    async (path) => {
      const { sentence } = (await (await fetch(api.base + path)).json()) as { sentence: string };
      // Bounds are shares of their own.
      expect(sentence.replace(/\([\d. %]+ to [\d. %]+\)/g, '(…)').match(SHARE)).toBeNull();
      expect(sentence).toMatch(/\d % \([\d. %]+ to [\d. %]+\)/);
    },
  );
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

  it('2.14 the sentence on survival compares groups on one day, the last on which enough of each are there', async () => {
    const { data, sentence } = await ask(survivalAnswer, '/v1/survival');
    const points = data.groups.map(({ group, at }) => ({ group, ...at.find(({ time }) => time === 90)! }));
    expect(data.groups.map(({ at }) => at.find(({ time }) => time === 120)!.atRisk < 10)).toContain(true);
    expect(points.every(({ atRisk }) => atRisk >= 10)).toBe(true);
    const [first, second, third] = points.map(({ group, estimate, lower, upper }) => `${group} ${percent(estimate!)} (${percent(lower!)} to ${percent(upper!)})`); // prettier-ignore
    expect(sentence).toBe(`Still there on day 90: ${first}, ${second} and ${third}.`);
    expect((await ask(survivalAnswer, '/v1/survival?at=120')).sentence).toMatch(/^Still there on day 120: /);
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

  it('2.8.1 the outcome is among what comes next, and never the step that leads to it', async () => {
    const { data } = await ask(nextStepAnswer, '/v1/paths/next-step?at=subscribed&outcome=renewal');
    const renewed = data.steps.find(({ next }) => next === 'renewed')!;
    expect(renewed.outcome).toMatchObject({ count: renewed.taken.count, estimate: 1 });
    expect(renewed.taken.count).toBeGreaterThan(30);
    expect(data.best).not.toBe('renewed');
  });

  it('2.9 attribution shares out every outcome once, by each way of counting', async () => {
    const { data, events } = await ask(attributionAnswer, '/v1/attribution?within=60');
    const subscribed = (await ask(funnelsAnswer, '/v1/funnels?by=all&within=60&steps=subscribed')).data.groups[0]!.steps[0]!; // prettier-ignore
    expect([events.count, data.conversionRate]).toEqual([subscribed.ofAll.count, subscribed.ofAll.estimate]);
    for (const share of [(one) => one.decay.share, (one) => one.lastTouch.share, (one) => one.removal!.share] as ((
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
});
