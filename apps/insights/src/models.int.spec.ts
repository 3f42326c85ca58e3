import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountHistories } from '@milepost/clickhouse';
import { formatTime, parseTime, TOPICS } from '@milepost/contracts';
import type { Model } from '@milepost/contracts';
import { modelDriftAnswer, modelsAnswer } from '@milepost/contracts/http';
import type { ModelDriftAnswer, ModelsAnswer } from '@milepost/contracts/http';
import { driftReport, historySamples } from '@milepost/onboarding/learning';
import { ApiKeys, createKey } from '@milepost/platform';
import { createKafka } from '@milepost/runtime';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ModelsLog } from './models/models-log.js';
import type { ModelsLogParts } from './models/models-log.js';
import { HistoryReplays } from './replays/history-replays.js';
import { companyApi, LIMITS, MODELS_LIMITS } from './testing/company-api.js';
import { activate, fitChurn, makeTopics, publish } from './testing/company-models.js';
import { insightsApp, TEST_LOGGER } from './testing/insights-app.js';
import { END } from './testing/sample-company.js';

const api = companyApi('models', 400);
/** A minute passes between two questions, so that each is answered from a reading of its own. */
let clock = Date.UTC(2026, 6, 1);
const logOf = (over: Partial<ModelsLogParts> = {}) =>
  new ModelsLog({ kafka: api.kafka, topicPrefix: api.topicPrefix, limits: MODELS_LIMITS, now: () => (clock += 60_000), ...over }); // prettier-ignore

const apps: NestExpressApplication[] = [];
async function served(over: Partial<typeof api.parts.models>, keys: ApiKeys | null = null): Promise<string> {
  const app = await insightsApp({ ...api.parts, models: { ...api.parts.models, log: logOf(), ...over } }, keys);
  apps.push(app);
  await app.listen(0, '127.0.0.1');
  return app.getUrl();
}
afterAll(() => Promise.all(apps.map((app) => app.close())));

async function asked(base: string, path: string): Promise<unknown> {
  const response = await fetch(base + path);
  const body: unknown = await response.json();
  if (response.status !== 200) throw new Error(`${response.status} ${JSON.stringify(body)}`);
  return body;
}
let base = '';
const list = async (query = '') => modelsAnswer.parse(await asked(base, `/v1/models${query}`)) as ModelsAnswer;
const drift = async (query = '') => modelDriftAnswer.parse(await asked(base, `/v1/models/churn/drift${query}`)) as ModelDriftAnswer; // prettier-ignore
const refusal = async (from: string, path: string) => {
  const response = await fetch(from + path);
  return { ...((await response.json()) as { status: number; type: string; detail: string }), after: response.headers.get('retry-after') }; // prettier-ignore
};

const models: Model[] = [];
beforeAll(async () => {
  base = await served({});
  await makeTopics(api);
}, 120_000);

describe('1. The list of models', () => {
  it('1.1 says that there is none, and what fits one', async () => {
    const { data, sentence, sample } = await list();
    expect([data, sample.accounts]).toEqual([{ models: [], next: null }, 0]);
    expect(sentence).toBe('No model has been published: `npx milepost models fit churn` fits one.');
    expect((await list('?kind=expansion')).sentence).toContain('No model of expansion');
  });

  it('1.2 has each model with what it was judged by, the newest first, page by page', async () => {
    const fitted = await fitChurn(api.client, api.plan, 0.1);
    for (const alarmShare of [0.1, 0.2]) models.push(await publish(api, { ...fitted, threshold: 1 - alarmShare }));
    const { data, sample, events, sentence } = await list();
    expect(data.models.map(({ version }) => version)).toEqual([models[1]!.version, models[0]!.version]);
    const [newest] = data.models;
    expect(newest).toMatchObject({ kind: 'churn', signal: 'at-risk', horizonDays: 28, isInForce: false, inForce: [], unusable: null }); // prettier-ignore
    expect(newest!.judged).toEqual(models[1]!.judged);
    expect(newest!.judged.brier).toBeLessThan(newest!.judged.baseBrier);
    expect(Math.abs(Date.parse(newest!.published) - Date.now())).toBeLessThan(120_000);
    expect([sample.accounts, events.count]).toEqual([newest!.judged.accounts, newest!.judged.events]);
    expect(sentence).toBe('2 models are published; in force: none of churn and none of expansion.');
    const first = await list('?limit=1');
    const second = await list(`?limit=1&cursor=${first.data.next}`);
    expect([first, second].map((one) => one.data.models[0]!.version)).toEqual([models[1]!.version, models[0]!.version]);
    expect(second.data.next).toBeNull();
    expect(await refusal(base, '/v1/models?cursor=x')).toMatchObject({ status: 400, detail: expect.stringContaining('leave it out') }); // prettier-ignore
  });

  it('1.3 says since when each is in force, and until when it was', async () => {
    const [one, two] = models as [Model, Model];
    const at = [10, 20, 30].map((hour) => Date.UTC(2026, 5, 2, hour));
    for (const [i, version] of [one.version, two.version, one.version].entries()) await activate(api, 'churn', version, at[i]!); // prettier-ignore
    const times = at.map((when) => formatTime(when * 1000));
    const { data, sentence, warnings } = await list('?kind=churn');
    const byVersion = new Map(data.models.map((row) => [row.version, row]));
    expect(byVersion.get(one.version)).toMatchObject({ isInForce: true, inForce: [{ since: times[0], until: times[1] }, { since: times[2], until: null }] }); // prettier-ignore
    expect(byVersion.get(two.version)).toMatchObject({
      isInForce: false,
      inForce: [{ since: times[1], until: times[2] }],
    });
    expect(sentence).toMatch(new RegExp(`in force: ${one.version.slice(0, 12)} of churn since 2026-06-03 \\(Brier 0\\.\\d+ against 0\\.\\d+ of the base rates\\)\\.$`)); // prettier-ignore
    expect(warnings).toEqual([]);
  });

  it('1.4 warns of what is no model, and of one in force that nobody published', async () => {
    const producer = api.kafka.producer();
    await producer.connect();
    await producer.send({ topic: api.topicPrefix + TOPICS.models, messages: [{ key: 'x', value: '{' }] });
    await producer.disconnect();
    await activate(api, 'expansion', 'f'.repeat(64), Date.UTC(2026, 5, 4));
    const { warnings, data } = await list();
    expect(data.models).toHaveLength(2);
    expect(warnings.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^The record at offset 2 of onboarding\.models is no model: its key/),
      expect.stringMatching(/^ffffffffffff, in force for expansion, can't be scored with: onboarding\.models does not/),
    ]);
    expect((await list('?kind=churn')).warnings).toHaveLength(1);
    await activate(api, 'expansion', null, Date.UTC(2026, 5, 5));
  });
});

describe('2. Drift', () => {
  it('2.1 says what the command line says, of the model in force, observed to stream time', async () => {
    const answer = await drift();
    const [model] = models as [Model];
    const question = { plan: api.plan, foretells: model.foretells, horizonDays: 28 };
    const samples = await historySamples(question, accountHistories(api.client));
    const report = driftReport(model, samples, 28);
    const { data, sample, events, censoring } = answer;
    expect(data).toMatchObject({ version: model.version, days: 28, level: report.level, accountPeriods: report.rows });
    expect(data.inputs).toEqual(report.inputs);
    expect(data.calibration).toEqual({ level: report.calibration, judged: report.judged, whyNot: report.whyNot });
    expect([sample.accounts, sample.asOf, censoring!.accounts]).toEqual([report.accounts, formatTime(END), report.undecided]); // prettier-ignore
    expect(events.count).toBe(report.judged!.events);
    expect(report.rows).toBeGreaterThan(100);
    expect(parseTime(report.judged!.until)! + 28 * 86_400e6).toBeLessThanOrEqual(END);
    expect(answer.sentence).toMatch(
      /^[0-9a-f]{12} \(churn\)\. On \d+ account-periods of the last 28 days since its training: /,
    );
  });

  it('2.2 of another model, by the beginning of its version, and of other days', async () => {
    const other = models[1]!.version;
    const { data } = await drift(`?version=${other.slice(0, 8)}&days=7`);
    expect([data.version, data.days]).toEqual([other, 7]);
    const narrow = await drift('?days=1');
    expect(narrow.data.accountPeriods).toBeLessThan(100);
    expect(narrow.warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(['small-cell', 'no-estimate']));
  });

  it('2.3 without a model there is nothing to say, and where to find one is said', async () => {
    const none = await refusal(base, '/v1/models/expansion/drift');
    expect(none).toMatchObject({ status: 404, type: 'urn:milepost:problem:no-such-model', detail: expect.stringContaining('milepost models activate') }); // prettier-ignore
    for (const path of [
      '/v1/models/churn/drift?version=ffff',
      `/v1/models/expansion/drift?version=${models[0]!.version}`,
    ]) {
      expect(await refusal(base, path)).toMatchObject({ status: 404, detail: expect.stringContaining('lists all') });
    }
  });

  it('2.4 a model of other features than this build has is held to nobody', async () => {
    const alien = await publish(api, { ...models[0]!, featuresVersion: 99 });
    expect(await refusal(base, `/v1/models/churn/drift?version=${alien.version}`)).toMatchObject({ status: 422, detail: expect.stringContaining('version 99 of the features') }); // prettier-ignore
    expect((await list('?limit=1')).data.models[0]!.unusable).toContain('version 99 of the features');
  });

  it('2.5 is bounded, and shares its turn with backtests', async () => {
    const replays = new HistoryReplays({
      client: api.client,
      limits: { ...LIMITS, events: 10 },
      behind: () => null,
      now: Date.now,
    });
    const narrow = await refusal(await served({ replays }), '/v1/models/churn/drift');
    expect(narrow).toMatchObject({ status: 422, type: 'urn:milepost:problem:query-too-costly', detail: expect.stringContaining('milepost models drift') }); // prettier-ignore
    const both = await Promise.all([1, 2].map(() => fetch(`${base}/v1/models/churn/drift`)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 429]);
  });
});

describe('3. Without Kafka', () => {
  it('3.1 that is not configured: what to set', async () => {
    const own = await served({ log: logOf({ kafka: null }) });
    for (const path of ['/v1/models', '/v1/models/churn/drift']) {
      expect(await refusal(own, path)).toMatchObject({ status: 404, type: 'urn:milepost:problem:models-not-configured', detail: expect.stringContaining('KAFKA_BROKERS') }); // prettier-ignore
    }
  });

  it('3.2 that is away: 503 with Retry-After, soon', async () => {
    const kafka = createKafka({ brokers: ['127.0.0.1:1'], clientId: 'away' }, TEST_LOGGER);
    const own = await served({ log: logOf({ kafka, limits: { ...MODELS_LIMITS, milliseconds: 500 } }) });
    const began = Date.now();
    expect(await refusal(own, '/v1/models')).toMatchObject({ status: 503, type: 'urn:milepost:problem:kafka-unavailable', after: '10' }); // prettier-ignore
    expect(Date.now() - began).toBeLessThan(5_000);
  });

  it('3.3 a topic that holds more than may be read is not read', async () => {
    const own = await served({ log: logOf({ limits: { ...MODELS_LIMITS, records: 1 } }) });
    expect(await refusal(own, '/v1/models')).toMatchObject({
      status: 422,
      detail: expect.stringContaining('models list'),
    });
  });
});

describe('4. Who asks', () => {
  it('4.1 needs an analyst', async () => {
    const [viewer, analyst] = (['viewer', 'analyst'] as const).map((role) => createKey(role, role, new Date(0)));
    const own = await served({}, new ApiKeys([viewer!.record, analyst!.record]));
    const ask = async (path: string, key: string): Promise<number> =>
      (await fetch(own + path, { headers: { Authorization: `Bearer ${key}` } })).status;
    for (const path of ['/v1/models', '/v1/models/churn/drift']) {
      expect([await ask(path, ''), await ask(path, viewer!.key), await ask(path, analyst!.key)]).toEqual([
        401, 403, 200,
      ]);
    }
  });

  it('4.2 many at once are one reading; soon after, the same one', async () => {
    let readings = 0;
    const admin = () => (readings++, api.kafka.admin());
    const kafka = { admin, consumer: api.kafka.consumer.bind(api.kafka) } as unknown as typeof api.kafka;
    const log = new ModelsLog({ kafka, topicPrefix: api.topicPrefix, limits: MODELS_LIMITS, now: Date.now });
    const told = await Promise.all([log.read(), log.read(), log.read()]);
    expect(readings).toBe(2);
    expect(await log.read()).toBe(told[0]);
    expect(readings).toBe(2);
  });
});
