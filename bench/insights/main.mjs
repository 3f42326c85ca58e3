// Everything that docs/performance-insights.md says in figures. `npm run bench:insights -- --help`
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { insightsConfig } from '../../apps/insights/dist/config.js';
import { insightsParts } from '../../apps/insights/dist/insights-parts.js';
import { doubtCounts } from '../../apps/insights/dist/insights/doubt-counts.js';
import { insightsModule } from '../../apps/insights/dist/insights.module.js';
import { createClickHouse, migrate } from '../../libs/clickhouse/dist/index.js';
import { loadPlanFolder, PrometheusMetrics } from '../../libs/platform/dist/index.js';
import { createServiceApp } from '../../libs/platform/dist/testing/index.js';
import { startOwnStack } from '../../libs/stack/dist/index.js';
import { feedCompany } from './company.mjs';
import { kilobytes, measureQuery } from './measure.mjs';
import { report } from './report.mjs';

const HELP = `Measures every question of the insights API over a company of any size, each of its queries beside a bare scan of
the columns that it reads. Starts a stack of its own.

  npm run bench:insights [-- OPTIONS]
    --accounts N   accounts of the company, of 53 events each on average (1000000); above 50000 in multiples of it
    --only TEXT    only requests whose path has it in it
    --skip TEXT    none whose path has it in it
    --runs N       runs of each query, the least counts (3)
    --data DIR     keeps the company there, and asks one that is there already (a temporary folder)
    --json FILE    the figures as JSON`;

const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '1000000' },
    only: { type: 'string', default: '' },
    skip: { type: 'string' },
    runs: { type: 'string', default: '3' },
    data: { type: 'string' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
/** One request of each question, over all accounts. `goal`: seconds of its queries at a million, on 2 cores. */
const QUESTIONS = JSON.parse(readFileSync(new URL('questions.json', import.meta.url), 'utf8'));
const LOGGER = { debug() {}, info() {}, warn: console.error, error: console.error };
const HEALTH = { phase: () => 'started', sinceProgress: () => 0, checks: {}, checkTimeoutMs: 100, metrics: new PrometheusMetrics('insights') }; // prettier-ignore
const say = (line) => process.stderr.write(`[${(performance.now() / 1000).toFixed(0).padStart(4)}s] ${line}\n`);
const count = (value) => value.toLocaleString('en');
const accounts = Number(values.accounts);
const folder = values.data ? resolve(values.data) : mkdtempSync(join(tmpdir(), 'milepost-bench-insights-'));

const stack = await startOwnStack({ dataDir: folder, onProgress: () => undefined });
await Promise.all([stack.parts.kafka.stop(), stack.parts.redis.stop()]);
const pid = stack.parts.clickhouse.pid();
const client = createClickHouse(stack.addresses.clickhouse.url);
try {
  const plan = loadPlanFolder('plan');
  await migrate(client);
  const figures = { accounts, cores: availableParallelism(), processor: cpus()[0]?.model.trim() ?? '', node: process.version }; // prettier-ignore
  figures.events = await number('SELECT count() FROM milepost.events');
  if (figures.events === 0) Object.assign(figures, await feed(plan));
  else say(`${count(figures.events)} events are there`);
  figures.bytesOnDisk = await number(
    "SELECT sum(bytes_on_disk) FROM system.parts WHERE active AND database = 'milepost'",
  );
  figures.snapshot = await snapshot(plan);
  Object.assign(figures, await ask(plan));
  figures.engineBytes = pid === undefined ? null : kilobytes(pid, 'VmRSS') * 1024;
  figures.load = loadavg()[1];
  if (values.json) writeFileSync(values.json, JSON.stringify(figures, null, 2));
  console.log(report(figures));
} finally {
  await client.close();
  await stack.stop();
  if (!values.data) rmSync(folder, { recursive: true, force: true });
}

async function feed(plan) {
  say(`Feeding ${count(accounts)} accounts`);
  const began = performance.now();
  let told = began;
  const events = await feedCompany(client, plan, accounts, (now) => {
    if (performance.now() - told < 10_000) return;
    told = performance.now();
    say(`${count(now.accounts ?? now.lives)} ${now.accounts ? 'accounts' : 'lives'}, ${count(now.events)} events`);
  });
  return { events, feedSeconds: (performance.now() - began) / 1000 };
}

async function snapshot(plan) {
  say('Building the snapshot');
  const keeper = partsOf(plan).source;
  const began = performance.now();
  if (pid !== undefined) writeFileSync(`/proc/${pid}/clear_refs`, '5');
  await keeper.refresh();
  const memoryBytes = pid === undefined ? null : kilobytes(pid, 'VmHWM') * 1024;
  return { seconds: (performance.now() - began) / 1000, memoryBytes };
}

/** As the service is configured without keys, but for an interval in which it makes no other snapshot. */
function partsOf(plan) {
  const config = insightsConfig.parse({ CLICKHOUSE_URL: stack.addresses.clickhouse.url, SNAPSHOT_INTERVAL_MS: '3600000', API_AUTH: 'off' }); // prettier-ignore
  return insightsParts(config, { client, plan, logger: LOGGER });
}

/** Each request through the service under its own limits, then each query that it asked, alone; what is asked once a snapshot first. */
async function ask(plan) {
  const parts = partsOf(plan);
  await parts.source.refresh();
  let asked = [];
  const open = () => {
    const insights = parts.source.open();
    const ask = (name, parameters) => {
      asked.push({ name, parameters: { ...parameters, snapshot: insights.snapshot.id } });
      return insights.ask(name, parameters);
    };
    return { ...insights, ask };
  };
  const measured = async () => {
    const queries = [];
    for (const one of asked) {
      // One that fails is told, and the others are measured all the same.
      queries.push(await measureQuery(client, pid, one, Number(values.runs)).catch(({ message }) => ({ name: one.name, fault: message }))); // prettier-ignore
    }
    return queries;
  };
  say('Gaps in the data, which are counted once a snapshot');
  const pinned = open();
  await doubtCounts(pinned.ask, pinned.snapshot.asOf);
  const ofSnapshot = await measured();
  const app = await createServiceApp(HEALTH, LOGGER, [insightsModule({ ...parts, source: { open }, ratePerMinute: 1e9 })]); // prettier-ignore
  await app.init();
  await app.listen(0, '127.0.0.1');
  const base = await app.getUrl();
  const requests = [];
  for (const { path, goal } of QUESTIONS.filter(isWanted)) {
    asked = [];
    say(path);
    const began = performance.now();
    const reply = await fetch(base + path);
    const { sentence, title, detail } = await reply.json();
    const seconds = (performance.now() - began) / 1000;
    requests.push({ path, goal, status: reply.status, says: sentence ?? `${title}: ${detail}`, seconds, queries: await measured() }); // prettier-ignore
  }
  await app.close();
  return { ofSnapshot, requests };
}

function isWanted({ path }) {
  return path.includes(values.only) && !(values.skip && path.includes(values.skip));
}

async function number(query) {
  const result = await client.query({ query, format: 'TabSeparated' });
  return Number(await result.text());
}
