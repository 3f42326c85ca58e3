import { describe, expect, it } from '@jest/globals';
import { accountHistories, createClickHouse } from '@milepost/clickhouse';
import { formatTime } from '@milepost/contracts';
import { backtestsAnswer } from '@milepost/contracts/http';
import type { BacktestsAnswer, Warning } from '@milepost/contracts/http';
import { backtestSignals } from '@milepost/onboarding/learning';
import { loadProposal } from '@milepost/plan';
import { ApiKeys, createKey, readPlanFiles } from '@milepost/platform';
import { HistoryBacktests } from './backtests/history-backtests.js';
import { HistoryReplays } from './replays/history-replays.js';
import type { ReplayParts } from './replays/history-replays.js';
import { companyApi, LIMITS } from './testing/company-api.js';
import { insightsApp } from './testing/insights-app.js';
import { SILENCE_PROPOSAL } from './testing/request-arbitrary.js';
import { END } from './testing/sample-company.js';

const api = companyApi('backtests', 150);
const planFiles = readPlanFiles('plan');

const post = (body: string, query = '', headers: Record<string, string> = { 'Content-Type': 'application/json' }) =>
  // A connection of its own: one that is kept is closed while a replay in this very process keeps all else waiting.
  fetch(`${api.base}/v1/backtests${query}`, { method: 'POST', headers: { ...headers, Connection: 'close' }, body });

async function refused(body: unknown, query = ''): Promise<unknown> {
  const response = await post(typeof body === 'string' ? body : JSON.stringify(body), query);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  return response.json();
}

const withCondition = (when: unknown) => {
  const signal = SILENCE_PROPOSAL.signals['at-risk'];
  return { signals: { 'at-risk': { ...signal, reasons: [{ ...signal.reasons[0], when }] } } };
};

describe('1. A backtest over the API', () => {
  it.each([
    ['', 'subscription.cancelled', 60],
    ['?foretells=subscription.renewed&withinDays=30', 'subscription.renewed', 30],
  ])('1.1 says what the command line says of the example%s', async (query, foretells, withinDays) => {
    const response = await post(JSON.stringify(SILENCE_PROPOSAL), query);
    expect(response.status).toBe(200);
    const answer = backtestsAnswer.parse(await response.json()) as BacktestsAnswer;
    const [example] = readPlanFiles('docs/examples').filter(({ path }) => path.endsWith('proposed-signal.yaml'));
    const proposal = loadProposal(planFiles, api.plan, example!);
    if ('problems' in proposal) throw new Error(JSON.stringify(proposal.problems));
    const question = { current: api.plan, proposed: proposal.plan, signals: proposal.signals, foretells, withinDays };
    const [said] = await backtestSignals(question, accountHistories(api.client));
    const { signal, proposed, current } = said!;
    expect(answer.data).toEqual({ foretells, withinDays, signals: [{ signal, proposed, current }] });
    expect(answer.sample.accounts).toBe(said!.accounts);
    expect(said!.accounts).toBe(150);
    expect(proposed[0]!.alarms).toBeGreaterThan(10);
    expect(proposed[0]!.alarms).not.toBe(current[0]!.alarms);
    expect(answer.sentence).toMatch(/^at-risk: Of 100 alarms, about \d+ \(\d+ to \d+\) would have been right/);
  });

  it('1.2 observes to stream time and no further: a stream that ended months ago holds no silence since', async () => {
    const answer = (await (await post(JSON.stringify(SILENCE_PROPOSAL), '?withinDays=60')).json()) as BacktestsAnswer;
    expect(answer.sample.asOf).toBe(formatTime(END));
    const [proposed] = answer.data.signals[0]!.proposed;
    // Alarms of the last 60 days of the stream, of which 150 accounts have some.
    expect(proposed!.undecided).toBeGreaterThan(0);
  });

  it('1.3 needs an analyst', async () => {
    const [viewer, analyst] = (['viewer', 'analyst'] as const).map((role) => createKey(role, role, new Date(0)));
    const own = await insightsApp(api.parts, new ApiKeys([viewer!.record, analyst!.record]));
    await own.listen(0, '127.0.0.1');
    const ask = async (key: string): Promise<number> => {
      const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` };
      const body = JSON.stringify(SILENCE_PROPOSAL);
      return (await fetch(`${await own.getUrl()}/v1/backtests`, { method: 'POST', headers, body })).status;
    };
    expect([await ask(''), await ask(viewer!.key), await ask(analyst!.key)]).toEqual([401, 403, 200]);
    await own.close();
  });
});

describe('2. What is wrong is named by its field', () => {
  const quiet = SILENCE_PROPOSAL.signals['at-risk'].reasons[0]!.when.quiet;
  it.each([
    ['nothing', {}, 'signals', 'expected record'],
    ['another key of a plan', { ...SILENCE_PROPOSAL, lifecycle: {} }, 'body', 'lifecycle'],
    ['a missing field', { signals: { new: {} } }, 'signals/new/description', 'description is missing'],
    ['a wrong type', { signals: { 'at-risk': { ...SILENCE_PROPOSAL.signals['at-risk'], reasons: 'all' } } }, 'signals/at-risk/reasons', 'Found "all"; want a list'], // prettier-ignore
    ['an unknown milestone', withCondition({ stalled: 'nirvana' }), 'signals/at-risk/reasons/0/when/stalled', 'nirvana'], // prettier-ignore
    ['a wrong duration', withCondition({ quiet: { ...quiet, for: 'long' } }), 'signals/at-risk/reasons/0/when/quiet/for', 'long'], // prettier-ignore
    ['no change', { signals: {} }, 'signals', 'differ in nothing'],
  ])('2.1 %s', async (_, body, parameter, words) => {
    const problem = (await refused(body)) as { errors: { parameter: string; detail: string }[] };
    expect(problem).toMatchObject({ status: 400, type: 'urn:milepost:problem:invalid-proposal' });
    const own = problem.errors.filter((one) => one.parameter === parameter).map(({ detail }) => detail);
    expect({ problem, said: own.join() }).toMatchObject({ said: expect.stringContaining(words) });
  });

  it('2.2 what is no JSON, too large or too deep', async () => {
    expect(await refused('{"signals":')).toMatchObject({ status: 400, detail: expect.stringContaining('send a JSON object') }); // prettier-ignore
    expect(await refused(JSON.stringify({ signals: { a: { text: 'x'.repeat(110_000) } } }))).toMatchObject({ status: 413 }); // prettier-ignore
    const deep = `{"signals":{"at-risk":{"when":${'['.repeat(40_000)}${']'.repeat(40_000)}}}}`;
    expect(await refused(deep)).toMatchObject({ status: 400, type: 'urn:milepost:problem:invalid-proposal' });
    expect((await post('signals:', '', { 'Content-Type': 'text/plain' })).status).toBe(400);
  });

  it('2.3 an unknown event and a wrong number of days', async () => {
    expect(await refused(SILENCE_PROPOSAL, '?foretells=rain')).toMatchObject({ status: 400, type: 'urn:milepost:problem:unknown-value' }); // prettier-ignore
    expect(await refused(SILENCE_PROPOSAL, '?withinDays=0')).toMatchObject({ status: 400, type: 'urn:milepost:problem:invalid-query' }); // prettier-ignore
  });
});

describe('3. It is bounded', () => {
  const limits = { ...LIMITS, events: 1e6 };
  const backtests = (over: Partial<ReplayParts>) => {
    const replays = new HistoryReplays({ client: api.client, limits, behind: () => null, now: Date.now, ...over });
    return new HistoryBacktests({ plan: api.plan, planFiles, replays, doubts: () => api.keeper.doubts });
  };
  const answer = (one: HistoryBacktests) => one.answer({ withinDays: 60 }, SILENCE_PROPOSAL);

  it('3.1 by events and by time, and says what to do', async () => {
    await expect(answer(backtests({ limits: { ...limits, events: 100 } }))).rejects.toMatchObject({ problem: 'query-too-costly', message: expect.stringContaining('milepost backtest') }); // prettier-ignore
    let at = Date.now();
    // Each look at the clock is a second later.
    const late = backtests({ limits: { ...limits, seconds: 20 }, now: () => (at += 1000) });
    await expect(answer(late)).rejects.toMatchObject({ problem: 'query-too-costly', message: expect.stringMatching(/After 20 s .* of 150 accounts/) }); // prettier-ignore
    const narrow = backtests({ limits: { ...limits, memoryBytes: 1_000 } });
    await expect(answer(narrow)).rejects.toMatchObject({ problem: 'query-too-costly', message: expect.stringMatching(/MEMORY_LIMIT_EXCEEDED.*milepost backtest/) }); // prettier-ignore
  });

  it('3.2 one at a time; the next may ask once it is done', async () => {
    const one = backtests({});
    const first = answer(one);
    await expect(answer(one)).rejects.toMatchObject({ problem: 'too-many-requests', headers: { 'Retry-After': '5' } });
    expect((await first).data.signals).toHaveLength(1);
    expect((await answer(one)).data.signals).toHaveLength(1);
  });

  it('3.3 says first of all where it is behind what there is', async () => {
    const behind = (asOf: number): Warning => ({ code: 'behind', text: `at ${formatTime(asOf)}` });
    const [told, ...others] = (await answer(backtests({ behind }))).warnings;
    expect(told).toEqual(behind(END));
    expect(others).toEqual((await answer(backtests({}))).warnings);
  });

  it('3.4 ClickHouse away is a fault of the warehouse', async () => {
    const nobody = createClickHouse('http://127.0.0.1:1');
    await expect(answer(backtests({ client: nobody }))).rejects.toMatchObject({ code: 'warehouse-unavailable' });
    await nobody.close();
  });
});
