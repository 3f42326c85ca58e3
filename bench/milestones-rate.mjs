// Events per second through the milestones service, exactly once with all its outputs, beside bare kafkajs consumption
// of the same topic in the same run. `npm run bench [-- --events N] [-- --json FILE] [-- --profile]`
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRequire } from 'node:module';

const { onboardingEventCodec, PARTITIONS } = await import('../libs/contracts/dist/index.js');
const { startOwnStack } = await import('../libs/stack/dist/index.js');
const kafkajs = createRequire(import.meta.url)('kafkajs');
const { Redis } = createRequire(new URL('../libs/runtime/package.json', import.meta.url))('ioredis');

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '300000' },
    json: { type: 'string' },
    profile: { type: 'boolean', default: false },
  },
});
const total = Number(values.events);
const ACCOUNTS = 50_000;
const TYPES = [
  'workflow.run',
  'workflow.created',
  'data.imported',
  'integration.connected',
  'teammate.invited',
  'workspace.configured',
  'report.viewed',
  'guide.completed',
];
const PROPERTIES = {
  'workflow.run': { workflowId: 'w_1', durationMs: 840 },
  'workflow.created': { workflowId: 'w_1' },
  'data.imported': { rows: 12, connector: 'csv' },
  'integration.connected': { integration: 'slack' },
  'guide.completed': { guideId: 'g_1' },
};
const say = (line) => process.stderr.write(`${line}\n`);

function* messages() {
  const begin = Date.now() - 30 * 86_400_000;
  for (let i = 0; i < total; i++) {
    const account = `acct_${(i * 7919) % ACCOUNTS}`;
    const type = TYPES[Math.floor(i / ACCOUNTS + i) % TYPES.length];
    const at = begin + Math.floor((i / total) * 30 * 86_400_000);
    const value = onboardingEventCodec.encode({
      id: `01JB8Z6V0Q${String(i).padStart(16, '0')}`,
      source: '//core.flowpeak.example',
      type,
      accountId: account,
      occurredAt: at * 1000,
      outcome: i % 12 === 0 ? 'failed' : 'succeeded',
      userId: `u_${i % 7}`,
      productLine: 'core',
      context: null,
      properties: PROPERTIES[type] ?? {},
      traceparent: null,
    });
    yield { key: account, value, timestamp: String(at) };
  }
}

async function produce(kafka) {
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  let part = [];
  for (const message of messages()) {
    part.push(message);
    if (part.length < 5_000) continue;
    await producer.send({ topic: 'onboarding.events', messages: part });
    part = [];
  }
  if (part.length > 0) await producer.send({ topic: 'onboarding.events', messages: part });
  await producer.disconnect();
}

/** Seconds from the first batch to the last record. */
async function consumeBare(kafka, groupId) {
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 50 });
  await consumer.connect();
  await consumer.subscribe({ topic: 'onboarding.events', fromBeginning: true });
  let seen = 0;
  let began = 0;
  await new Promise((done, fail) => {
    consumer
      .run({
        autoCommit: false,
        partitionsConsumedConcurrently: PARTITIONS,
        eachBatch: async ({ batch }) => {
          began ||= performance.now();
          seen += batch.messages.length;
          if (seen >= total) done();
        },
      })
      .catch(fail);
  });
  const seconds = (performance.now() - began) / 1000;
  await consumer.disconnect();
  return seconds;
}

/** Seconds from the first stored batch until every record is stored and published; CPU seconds of the service. */
async function throughMilestones(addresses, folder) {
  const profile = values.profile ? ['--cpu-prof', `--cpu-prof-dir=${process.cwd()}`] : [];
  const env = {
    ...process.env,
    KAFKA_BROKERS: addresses.kafka.brokers.join(','),
    REDIS_URL: addresses.redis.url,
    PLAN_DIR: 'plan',
    PORT: '0',
    LOG_LEVEL: 'warn',
  };
  const child = spawn(process.execPath, [...profile, 'apps/milestones/dist/main.js'], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const redis = new Redis(addresses.redis.url);
  let began = 0;
  try {
    for (;;) {
      let records = 0;
      for (let partition = 0; partition < PARTITIONS; partition++) {
        records += Number((await redis.hget(`milepost:{milestones:${partition}}:meta`, 't:records')) ?? 0);
      }
      if (records > 0) began ||= performance.now();
      if (records >= total) return (performance.now() - began) / 1000;
      if (child.exitCode !== null) throw new Error('The milestones service ended; see above.');
      await new Promise((done) => setTimeout(done, 20));
    }
  } finally {
    redis.disconnect();
    await new Promise((done) => {
      child.once('exit', done);
      child.kill('SIGTERM');
    });
  }
}

const folder = mkdtempSync(join(tmpdir(), 'milepost-bench-'));
const stack = await startOwnStack({ dataDir: folder, onProgress: say });
try {
  const { addresses } = stack;
  const env = {
    ...process.env,
    KAFKA_BROKERS: addresses.kafka.brokers.join(','),
    REDIS_URL: addresses.redis.url,
    CLICKHOUSE_URL: addresses.clickhouse.url,
  };
  await new Promise((done, fail) => {
    spawn(process.execPath, ['apps/cli/bin/milepost.mjs', 'setup'], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    }).once('exit', (code) => (code === 0 ? done() : fail(new Error('setup failed'))));
  });
  const kafka = new kafkajs.Kafka({ brokers: addresses.kafka.brokers, logLevel: kafkajs.logLevel.NOTHING });
  say(`Producing ${total.toLocaleString('en')} events`);
  await produce(kafka);
  await consumeBare(kafka, 'bench-warm-up');
  say('Bare kafkajs consumption');
  const bare = total / (await consumeBare(kafka, 'bench-bare'));
  say('Through the milestones service');
  const milestones = total / (await throughMilestones(addresses, folder));
  const result = {
    events: total,
    accounts: ACCOUNTS,
    cores: cpus().length,
    node: process.version,
    consumePerSecond: Math.round(bare),
    milestonesPerSecond: Math.round(milestones),
    ratio: Number((milestones / bare).toFixed(3)),
  };
  if (values.json) writeFileSync(values.json, JSON.stringify(result));
  console.log(`bare kafkajs consumption   ${result.consumePerSecond.toLocaleString('en').padStart(9)} events/s`);
  console.log(
    `milestones, exactly once   ${result.milestonesPerSecond.toLocaleString('en').padStart(9)} events/s   ${result.ratio} of bare consumption`,
  );
} finally {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
}
