import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { eraseRows } from '@milepost/clickhouse';
import { DAY } from '@milepost/contracts';
import type { Micros } from '@milepost/contracts';
import { dataQualityAnswer } from '@milepost/contracts/http';
import type { Warning } from '@milepost/contracts/http';
import { SnapshotKeeper } from './insights/snapshot-keeper.js';
import { companyApi, LIMITS } from './testing/company-api.js';
import { TEST_LOGGER } from './testing/insights-app.js';
import { QUESTIONS } from './testing/questions.js';
import { END, isContract, numberOf } from './testing/sample-company.js';

type Api = ReturnType<typeof companyApi>;

/** Every tenth account has no start, all that left come back, and contracts come until 20 days before the end. */
const STOPPED: Micros = END - 20 * DAY;
const gappy = companyApi('doubts_gappy', 300, (event) => {
  if (isContract(event) && event.occurredAt >= STOPPED) return [];
  if (event.type === 'account.created' && numberOf(event.accountId) % 10 === 0) return [];
  if (event.type !== 'subscription.cancelled') return event;
  return [event, { ...event, id: `${event.id}-back`, type: 'workspace.configured', outcome: 'succeeded', occurredAt: event.occurredAt + 3 * DAY, properties: {} }]; // prettier-ignore
});

/** What the product's log and the billing hold begins long after the company, billing last. */
const USE_FROM: Micros = END - 90 * DAY;
const CONTRACTS_FROM: Micros = END - 40 * DAY;
const late = companyApi('doubts_late', 300, (event) => {
  if (event.type === 'account.created') return event;
  return event.occurredAt < (isContract(event) ? CONTRACTS_FROM : USE_FROM) ? [] : event;
});

interface Told {
  status: number;
  tag: string;
  doubts: string[];
}
async function ask({ base }: Api, path: string, headers: Record<string, string> = {}): Promise<Told> {
  const response = await fetch(base + path, { headers });
  const { warnings = [] } = response.status === 200 ? ((await response.json()) as { warnings?: Warning[] }) : {};
  const texts = warnings.filter(({ code }) => code === 'incomplete-data').map(({ text }) => text);
  // They concern all that is said, and stand before what concerns the answer alone.
  expect(warnings.slice(0, texts.length).map(({ text }) => text)).toEqual(texts);
  return { status: response.status, tag: response.headers.get('etag')!, doubts: texts };
}
const number = async ({ sql }: Api, query: string): Promise<number> => Number(Object.values((await sql<object>(query))[0]!)[0]); // prettier-ignore
const day = async ({ sql }: Api, which: string, where: string): Promise<string> => (await sql<{ day: string }>(`SELECT toDate(${which}(occurred_at)) AS day FROM milepost.events WHERE ${where}`))[0]!.day; // prettier-ignore
const CONTRACT = "startsWith(type, 'subscription.')";

describe('1. Accounts without a start, contracts that stopped, accounts that came back', () => {
  const of = (having: string) => number(gappy, `SELECT count() FROM (SELECT account_id FROM milepost.events GROUP BY account_id HAVING ${having})`); // prettier-ignore

  it('1.1 are said with every answer, as the events themselves count them', async () => {
    const withoutStart = await of("countIf(type = 'account.created') = 0");
    const left = await of("countIf(type = 'subscription.cancelled') > 0");
    expect([withoutStart, left > 10]).toEqual([30, true]);
    const wanted = [
      `${withoutStart} of 300 accounts have no account.created: their time counts from their first event. Send it; it is taken however late it comes.`,
      `No contract event has come since ${await day(gappy, 'max', CONTRACT)}: later renewals and cancellations are missing. See whether what sends subscription.* still runs.`,
      `${left} accounts did something more than a day after they left; they are told of until then.`,
    ];
    for (const { path } of QUESTIONS) expect([path, (await ask(gappy, path)).doubts]).toEqual([path, wanted]);
    expect((await ask(gappy, '/v1/explore/catalogue')).doubts).toEqual([]);
  });

  it('1.2 and with a backtest, that is answered from the events', async () => {
    const body = readFileSync('docs/examples/proposed-signal.json', 'utf8');
    const response = await fetch(`${gappy.base}/v1/backtests`, { method: 'POST', body, headers: { 'Content-Type': 'application/json' } }); // prettier-ignore
    expect(await response.json()).toMatchObject({ warnings: expect.arrayContaining([{ code: 'incomplete-data', text: expect.stringContaining('account.created') }]) }); // prettier-ignore
  });

  it('1.3 data quality says each once', async () => {
    const { data, sentence, warnings } = await gappy.ask(dataQualityAnswer, '/v1/data-quality');
    expect(data.journeys.withoutStart).toBe(30);
    expect(warnings.filter(({ text }) => text.includes('account.created'))).toHaveLength(1);
    expect(sentence).toMatch(/^90 % of journeys have their start, \d+ accounts came back after leaving, /);
    expect(sentence).toContain(`${data.journeys.afterEnd} accounts came back`);
  });
});

describe('2. Accounts older than what is known', () => {
  it('2.1 are told with the date to ask from, and not where only later ones are asked about', async () => {
    const [use, contracts] = [await day(late, 'min', `type != 'account.created' AND NOT ${CONTRACT}`), await day(late, 'min', CONTRACT)]; // prettier-ignore
    const before = (date: string, days: number) => number(late, `SELECT count() FROM milepost.events WHERE type = 'account.created' AND occurred_at < toDateTime('${date}', 'UTC') - INTERVAL ${days} DAY`); // prettier-ignore
    const [older, unbilled] = [await before(use, 1), await before(contracts, 0)];
    expect([older > 20, unbilled > older, use < contracts]).toEqual([true, true, true]);
    const ofUse = `${older} accounts signed up before the first event of the product that is known (${use}): what they did before is missing.`; // prettier-ignore
    const ofContracts = `Contracts are known only from ${contracts} on: of the ${unbilled} accounts that signed up before, renewals and cancellations may be missing.`; // prettier-ignore
    const whole = [`${ofUse} Ask with signedUpFrom=${use}.`, `${ofContracts} Ask with signedUpFrom=${contracts}.`];
    expect((await ask(late, '/v1/milestones')).doubts).toEqual(whole);
    expect((await ask(late, '/v1/milestones?signedUpFrom=2026-01-01')).doubts).toEqual(whole);
    expect((await ask(late, `/v1/milestones?signedUpFrom=${use}`)).doubts).toEqual(whole.slice(1));
    expect((await ask(late, `/v1/milestones?signedUpFrom=${contracts}`)).doubts).toEqual([]);
    // It takes no dates.
    expect((await ask(late, '/v1/data-quality')).doubts).toEqual([ofUse, ofContracts]);
  });
});

describe('3. Erased accounts', () => {
  it('3.1 are told from the next snapshot on, each once, under another tag', async () => {
    const before = await ask(late, '/v1/milestones');
    const erase = async (account: string, sequence: number) => {
      const partition = await number(late, `SELECT max(source_partition) FROM milepost.account_states WHERE account_id = '${account}'`); // prettier-ignore
      const control = { kind: 'erase', id: String(sequence), account, reason: 'Request', by: 'desk', at: '2026-06-01T00:00:00Z' } as const; // prettier-ignore
      await eraseRows(late.client, { kind: 'journey', topic: 'onboarding.journey', sequence, account, partition, sourceOffset: 1e9, offset: 1e9, control }); // prettier-ignore
    };
    await erase('acct_1', 1);
    await erase('acct_2', 2);
    await erase('acct_2', 3);
    expect(await ask(late, '/v1/milestones')).toEqual(before);
    expect((await ask(late, '/v1/milestones', { 'If-None-Match': before.tag })).status).toBe(304);
    await late.client.insert({ table: 'milepost.stream_time', values: [{ source_partition: 0, journey_offset: 1e9, clock: '2026-06-01 00:00:00' }], format: 'JSONEachRow' }); // prettier-ignore
    expect((await late.keeper.refresh()).accounts).toBe(298);
    const after = await ask(late, '/v1/milestones', { 'If-None-Match': before.tag });
    expect([after.status, after.doubts[0], after.doubts.length]).toEqual([200, '2 accounts were erased and are in no figure; where leaving leads to erasure, retention is told too high.', 3]); // prettier-ignore
  });
});

describe('4. A service', () => {
  const keeperOf = (limits: typeof LIMITS) => new SnapshotKeeper({ client: gappy.client, plan: gappy.plan, limits, intervalMs: 1e9, logger: TEST_LOGGER }); // prettier-ignore

  it('4.1 that takes over the snapshot of another tells the same, as long as it is this snapshot', async () => {
    const other = keeperOf(LIMITS);
    expect((await other.refresh()).id).toBe(gappy.keeper.open().snapshot.id);
    expect(other.open().doubts).toEqual(gappy.keeper.open().doubts);
    expect(other.doubts).toHaveLength(3);
    await gappy.client.insert({ table: 'milepost.erasures', values: [{ sequence: 1, account_hash: 'x' }], format: 'JSONEachRow' }); // prettier-ignore
    await gappy.client.insert({ table: 'milepost.stream_time', values: [{ source_partition: 0, journey_offset: 1e9, clock: '2026-06-01 00:00:00' }], format: 'JSONEachRow' }); // prettier-ignore
    expect((await other.refresh()).id).toBe(gappy.keeper.open().snapshot.id);
    expect(other.doubts).toHaveLength(3);
  });

  it('4.2 that may not read so much says that it has not looked', async () => {
    const narrow = keeperOf({ ...LIMITS, rowsToRead: 10 });
    await narrow.refresh();
    expect(narrow.doubts).toEqual([{ text: expect.stringContaining('raise QUESTION_SECONDS') }]);
  });
});
