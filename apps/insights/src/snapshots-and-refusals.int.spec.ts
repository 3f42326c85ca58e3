import { describe, expect, it } from '@jest/globals';
import { askQuestion, buildSnapshot, createClickHouse } from '@milepost/clickhouse';
import type { Warning } from '@milepost/contracts/http';
import { writeCursor } from './asking/cursor.js';
import { SnapshotKeeper } from './insights/snapshot-keeper.js';
import { companyApi, LIMITS } from './testing/company-api.js';
import { insightsApp, TEST_LOGGER } from './testing/insights-app.js';
import { QUESTIONS } from './testing/questions.js';
import { writeJourney } from './testing/sample-company.js';

const api = companyApi('refusals', 400);

async function refused(path: string): Promise<{ status: number; type: string; detail: string }> {
  const response = await fetch(api.base + path);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  return (await response.json()) as { status: number; type: string; detail: string };
}
describe('1. Snapshots', () => {
  it('1.1 the same rows written again change nothing, and no new snapshot is made without news', async () => {
    const before = await api.keeper.refresh();
    await writeJourney(api.client, api.journey);
    expect((await api.keeper.refresh()).id).toBe(before.id);
  });

  it('1.2 past the window of deduplication, too: every fact that is kept may come twice', async () => {
    const [a, b] = await Promise.all(['milestones', 'survival'].map(async (path) => (await fetch(`${api.base}/v1/${path}`)).json())); // prettier-ignore
    const columns = `SELECT * FROM milepost.events WHERE source_partition < 4`;
    await api.client.command({ query: `INSERT INTO milepost.events ${columns}` });
    const later = await api.keeper.refresh();
    expect(later.accounts).toBe(400);
    const [c, d] = await Promise.all(['milestones', 'survival'].map(async (path) => (await fetch(`${api.base}/v1/${path}`)).json())); // prettier-ignore
    expect([c, d]).toEqual([a, b]);
  });

  it('1.3 a snapshot made in many parts has the rows of one made at once', async () => {
    const rowsOf = async (snapshot: number): Promise<string> => {
      const columns = `SELECT * EXCEPT snapshot FROM milepost.account_rows WHERE snapshot = ${snapshot} ORDER BY account_id`; // prettier-ignore
      return (await api.client.query({ query: columns, format: 'JSONEachRow' })).text();
    };
    const id = Date.now() * 1000;
    const sizes = [400, 399, 97];
    const made = [];
    for (const [i, size] of sizes.entries()) {
      const { accounts } = await buildSnapshot(api.client, api.plan, id + i, size);
      made.push({ accounts, rows: await rowsOf(id + i) });
    }
    expect(made[0]!.rows.trim().split('\n')).toHaveLength(400);
    for (const one of made) expect(one).toEqual(made[0]);
  });

  it('1.4 an answer is had again without being made, until there is a newer snapshot', async () => {
    const first = await fetch(`${api.base}/v1/milestones`);
    const tag = first.headers.get('etag')!;
    expect(tag).toMatch(/^W\/"[\w-]{22}"$/);
    const again = (headers: Record<string, string>) => fetch(`${api.base}/v1/milestones`, { headers });
    expect((await again({ 'If-None-Match': `"x", ${tag}` })).status).toBe(304);
    expect((await again({ 'If-None-Match': '"x"' })).status).toBe(200);
    expect((await fetch(`${api.base}/v1/milestones?by=all`, { headers: { 'If-None-Match': tag } })).status).toBe(200);
    const touched = `SELECT * REPLACE (received_at + INTERVAL 1 SECOND AS received_at, journey_offset + 1000000 AS journey_offset) FROM milepost.events LIMIT 1`; // prettier-ignore
    await api.client.command({ query: `INSERT INTO milepost.events ${touched}` });
    await api.keeper.refresh();
    expect((await again({ 'If-None-Match': tag })).status).toBe(200);
  });

  it('1.5 answers that are behind the warehouse say so first of all, under another tag', async () => {
    const keeper = new SnapshotKeeper({ client: api.client, plan: api.plan, limits: LIMITS, intervalMs: 60_000, logger: TEST_LOGGER }); // prettier-ignore
    const own = await insightsApp({ ...api.parts, source: keeper });
    await own.listen(0, '127.0.0.1');
    const base = await own.getUrl();
    const { asOf } = await keeper.refresh();
    await keeper.look();
    const ask = async (path: string, headers: Record<string, string> = {}) => {
      const response = await fetch(base + path, { headers });
      const { warnings = [] } = response.status === 200 ? ((await response.json()) as { warnings?: Warning[] }) : {};
      return { status: response.status, tag: response.headers.get('etag')!, behind: warnings.filter(({ code }) => code === 'behind') }; // prettier-ignore
    };
    const before = await ask('/v1/milestones');
    const row = { source_partition: 0, journey_offset: 1e6, clock: '2026-06-02 00:00:00' };
    await api.client.insert({ table: 'milepost.stream_time', values: [row], format: 'JSONEachRow' });
    await keeper.look();
    const later = await ask('/v1/milestones', { 'If-None-Match': before.tag });
    const again = await ask('/v1/milestones', { 'If-None-Match': later.tag });
    const others = [];
    for (const { path } of QUESTIONS) others.push(await ask(path));
    await own.close();
    expect(before.behind).toEqual([]);
    expect(later).toMatchObject({ status: 200, behind: [{ text: expect.stringContaining('events up to 2026-06-02T00:00:00Z') }] }); // prettier-ignore
    expect(later.behind[0]!.text).toContain(`stands at ${new Date(asOf / 1000).toISOString().slice(0, 19)}Z`);
    expect(again.status).toBe(304);
    for (const { behind } of others) expect(behind).toEqual(later.behind);
  });
});

describe('2. What can’t be answered honestly says what to do instead', () => {
  it.each([
    ['/v1/milestones?segment=tiny', 400, 'unknown-value', 'known are smb, mid-market, enterprise'],
    ['/v1/milestones?channel=tv', 400, 'unknown-value', 'known are content, partner, sales, self-serve'],
    ['/v1/milestones?within=0', 400, 'invalid-query', 'within: want a whole number of days from 1 to 730; found "0"'],
    [
      '/v1/milestones?within=soon',
      400,
      'invalid-query',
      'within: want a whole number of days from 1 to 730; found "soon"',
    ],
    ['/v1/milestones?segment=', 400, 'invalid-query', 'segment: want 1 to 100 characters; found ""'],
    [
      '/v1/milestones/habit/survival?design=time-varying&horizon=30',
      400,
      'invalid-query',
      'leave horizon out, or ask with design=landmark',
    ],
    [
      `/v1/explore?measures=accounts&dimensions=region&cursor=${writeCursor('explore channel', 'sales')}`,
      400,
      'invalid-query',
      'none that was given out for this question',
    ],
    [
      `/v1/forecasts/accounts?cursor=${writeCursor('explore channel', 'sales')}`,
      400,
      'invalid-query',
      'none that was given out for this question',
    ],
    ['/v1/milestones?within=9999', 400, 'invalid-query', 'within: '],
    ['/v1/milestones?colour=red', 400, 'invalid-query', 'colour: not a parameter; known are by, within'],
    ['/v1/milestones?by=mood', 400, 'invalid-query', 'by: '],
    ['/v1/milestones?channel=sales&channel=partner', 400, 'invalid-query', 'channel: is there 2 times; give it once'],
    ['/v1/effects?landmark=30', 400, 'invalid-query', 'exposure: is missing; give it'],
    [
      '/v1/milestones?signedUpFrom=2026-02-30',
      400,
      'invalid-query',
      'signedUpFrom: want a UTC date such as 2026-03-31',
    ],
    ['/v1/milestones?signedUpFrom=2026-03-01&signedUpBefore=2026-03-01', 400, 'invalid-query', 'give a later signedUpBefore'], // prettier-ignore
    ['/v1/milestones?signedUpFrom=2030-01-01', 422, 'not-enough-data', 'widen the dates'],
    ['/v1/milestones/nirvana', 400, 'unknown-value', 'known are setup-complete'],
    ['/v1/milestones/habit/survival?design=fixed', 422, 'immortal-time', 'design=landmark'],
    ['/v1/milestones/habit/survival?landmarks=400', 422, 'beyond-the-data', 'choose an earlier landmark'],
    ['/v1/attribution?outcome=renewal&within=1', 422, 'not-enough-data', 'give a larger within or fewer filters'],
    ['/v1/data-quality?currency=EUR', 400, 'invalid-query', 'this question takes none'],
    ['/v1/funnels?within=400', 422, 'beyond-the-data', 'observed for 400 days: give a smaller within'],
    ['/v1/milestones?within=400', 422, 'beyond-the-data', 'observed for 400 days: give a smaller within'],
    ['/v1/explore?currency=euro', 400, 'invalid-query', 'currency: want a code of ISO 4217 such as EUR'],
    ['/v1/survival?at=900', 422, 'beyond-the-data', 'the one seen longest signed up 149 days before it was last seen: give at most that'], // prettier-ignore
    ['/v1/survival?clock=renewal&at=9', 422, 'beyond-the-data', 'the one seen longest was seen for 4 terms: give at most that'], // prettier-ignore
    ['/v1/survival?clock=renewal&outcome=expansion', 400, 'invalid-query', 'leave clock out'],
    ['/v1/effects', 400, 'invalid-query', 'exposure: '],
    ['/v1/effects?exposure=luck', 400, 'unknown-value', 'known are setup-complete'],
    ['/v1/effects?exposure=habit&landmark=100&horizon=300', 422, 'beyond-the-data', 'smaller horizon'],
    ['/v1/effects?exposure=habit&segment=enterprise', 422, 'not-enough-data', 'at least 20 of each'],
    ['/v1/explore?measures=drop', 400, 'unknown-value', 'known are accounts'],
    ['/v1/explore?dimensions=segment,channel,region', 400, 'invalid-query', 'at most two'],
    ['/v1/benchmarks?measure=accounts', 400, 'unknown-value', 'known are active'],
    ['/v1/benchmarks?measure=renewed-90&segment=smb', 422, 'not-enough-data', 'give another `by` or fewer filters'],
    ['/v1/paths/next-step?at=renewed', 400, 'invalid-query', 'ask about another outcome'],
    ['/v1/forecasts/cohorts?termMonths=7', 422, 'not-enough-data', 'another termMonths'],
    ['/v1/forecasts/accounts?cursor=!', 400, 'invalid-query', 'leave it out to begin anew'],
    ['/v1/explore?cursor=nonsense', 400, 'invalid-query', 'leave it out to begin anew'],
    [`/v1/milestones?segment=${'x'.repeat(5_000)}`, 414, 'query-too-long', 'fewer filters'],
    ['/v1/models?kind=rain', 400, 'invalid-query', 'kind: '],
    ['/v1/models?limit=1000', 400, 'invalid-query', 'limit: '],
    ['/v1/models/rain/drift', 400, 'unknown-value', 'known are churn, expansion'],
    ['/v1/models/churn/drift?days=0', 400, 'invalid-query', 'days: '],
    ['/v1/models/churn/drift?version=latest', 400, 'invalid-query', 'version: want the first 4 to 64 hex digits'],
    ['/v1/nothing', 404, '', 'Cannot GET /v1/nothing. What is answered stands in /v1/openapi.json.'],
    ['/v1/forecasts/cohort', 404, '', 'Did you mean /v1/forecasts/cohorts?'],
  ])('2.1 %s', async (path, status, problem, advice) => {
    const refusal = await refused(path);
    expect(refusal).toMatchObject({ status, type: problem === '' ? 'about:blank' : `urn:milepost:problem:${problem}` });
    expect(refusal.detail).toContain(advice);
  });

  it('2.0 the description of all of it is served', async () => {
    const { openapi, paths } = (await (await fetch(`${api.base}/v1/openapi.json`)).json()) as { openapi: string; paths: object }; // prettier-ignore
    expect([openapi, Object.keys(paths).length]).toEqual(['3.1.0', 21]);
  });

  it('2.2 a question that would read too much, and one that takes too long', async () => {
    for (const narrow of [{ rowsToRead: 10 }, { memoryBytes: 1_000 }]) {
      const other = new SnapshotKeeper({ client: api.client, plan: api.plan, limits: { ...LIMITS, ...narrow }, intervalMs: 1e9, logger: TEST_LOGGER }); // prettier-ignore
      await other.refresh();
      const own = await insightsApp({ ...api.parts, source: other });
      await own.listen(0, '127.0.0.1');
      const response = await fetch(`${await own.getUrl()}/v1/milestones`);
      expect(await response.json()).toMatchObject({ status: 422, type: 'urn:milepost:problem:query-too-costly' });
      await own.close();
    }
  });

  it('2.3 ClickHouse away: 503 with Retry-After, and never a 500', async () => {
    const snapshot = await api.keeper.refresh();
    const nobody = createClickHouse('http://127.0.0.1:1');
    const gone = new SnapshotKeeper({
      client: nobody,
      plan: api.plan,
      limits: LIMITS,
      intervalMs: 1e9,
      logger: TEST_LOGGER,
    });
    const source = { open: () => ({ ...api.keeper.open(), snapshot, ask: <T>(query: string, parameters: Record<string, unknown>) => askQuestion<T>(nobody, query, parameters, LIMITS) }) }; // prettier-ignore
    const own = await insightsApp({ ...api.parts, source });
    await own.listen(0, '127.0.0.1');
    const response = await fetch(`${await own.getUrl()}/v1/milestones`);
    expect(response.headers.get('retry-after')).toBe('10');
    expect(await response.json()).toMatchObject({ status: 503, type: 'urn:milepost:problem:warehouse-unavailable' });
    const early = await insightsApp({ ...api.parts, source: gone });
    await early.listen(0, '127.0.0.1');
    const first = await fetch(`${await early.getUrl()}/v1/milestones`);
    expect(first.headers.get('retry-after')).toBe('5');
    expect(await first.json()).toMatchObject({ status: 503, type: 'urn:milepost:problem:not-ready' });
    await Promise.all([own.close(), early.close(), nobody.close()]);
  });
});
