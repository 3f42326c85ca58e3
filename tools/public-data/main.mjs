// Sends a public table through Kafka and the services, asks the API, and lifelines the same. docs/public-data.md
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { quietKafka } from '../../bench/measures/kafka.mjs';
import { Service, setUp } from '../../bench/measures/service.mjs';
import { TOPICS } from '../../libs/contracts/dist/index.js';
import { freePort, startOwnStack, until } from '../../libs/stack/dist/index.js';

const HELP = `Sends the Stanford heart transplant data through Kafka and the services, and compares with lifelines.

  npm run public-data [-- OPTIONS]
    --json FILE      the API's answers

Needs python3 with lifelines.`;
const QUESTIONS = {
  all: '/v1/survival?by=all&at=30,90,180,365,730',
  byTier: '/v1/survival?by=planTier&at=30,90,180,365,730',
  immortalTime: '/v1/milestones/first-value/immortal-time?landmarks=14,30',
};
const PATIENTS = 103;

const { values } = parseArgs({ options: { json: { type: 'string' }, help: { type: 'boolean', default: false } } });
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const say = (line) => process.stderr.write(`${line}\n`);
const events = python('stanford-heart.py').trim().split('\n');
const folder = mkdtempSync(join(tmpdir(), 'milepost-public-data-'));
const stack = await startOwnStack({ dataDir: join(folder, 'stack'), onProgress: () => undefined });
const services = [];
try {
  const { addresses } = stack;
  await setUp(addresses, '');
  say(`Sending ${events.length} events`);
  await send(addresses.kafka.brokers);
  for (const name of ['milestones', 'warehouse']) services.push(new Service(name, addresses, ''));
  const port = String(await freePort());
  services.push(
    new Service('insights', addresses, '', {
      settings: { PORT: port, SNAPSHOT_INTERVAL_MS: '500', API_AUTH: 'off', HOST: '127.0.0.1' },
    }),
  );
  const base = `http://127.0.0.1:${port}`;
  say('Waiting until the snapshot has all of it');
  await until('all patients in a snapshot', () => checkWhole(base), 120_000, 500);
  const answers = {};
  for (const [name, path] of Object.entries(QUESTIONS)) answers[name] = await (await fetch(base + path)).json();
  const file = values.json ?? join(folder, 'answers.json');
  writeFileSync(file, JSON.stringify(answers, null, 2));
  for (const { sentence } of Object.values(answers)) say(sentence);
  console.log(python('compare.py', file));
} finally {
  await Promise.all(services.map((one) => one.stop()));
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function send(brokers) {
  const producer = quietKafka(brokers).producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  const messages = events.map((value) => {
    const { subject, time } = JSON.parse(value);
    const headers = { 'content-type': 'application/cloudevents+json' };
    return { key: subject, value, headers, timestamp: String(Date.parse(time)) };
  });
  await producer.send({ topic: TOPICS.events, messages });
  await producer.disconnect();
}

/** @throws until every patient's last event has come through */
async function checkWhole(base) {
  const reply = await fetch(base + QUESTIONS.all);
  if (reply.status !== 200) throw new Error(`The API answers ${reply.status}.`);
  const { sample, events: died } = await reply.json();
  const deaths = events.filter((one) => one.includes('subscription.cancelled')).length;
  if (sample.accounts !== PATIENTS || died.count !== deaths) throw new Error(`${sample.accounts} patients, ${died.count} deaths so far.`); // prettier-ignore
}

function python(script, ...args) {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const { status, stdout, stderr, error } = spawnSync('python3', [path, ...args], { encoding: 'utf8', timeout: 120_000 }); // prettier-ignore
  if (status !== 0) throw new Error(`${script} failed: ${error?.message ?? stderr}`);
  return stdout;
}
