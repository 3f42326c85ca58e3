// Everything that docs/performance.md says in figures, in one run on one machine. `npm run bench -- --help`
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startOwnStack } from '../libs/stack/dist/index.js';
import { feedEvents } from './feed-events.mjs';
import { consume, consumeAndDecode, transactionalCopy } from './measures/consume.mjs';
import { quietKafka } from './measures/kafka.mjs';
import { latency } from './measures/latency.mjs';
import { bytesPerAccount, timePerEvent } from './measures/load.mjs';
import { rebuild } from './measures/rebuild.mjs';
import { setUp, throughService } from './measures/service.mjs';
import { twoWarehouses, warehouse } from './measures/warehouse.mjs';
import { compareJourneys } from './peers/compare.mjs';
import { runKafkaStreams } from './peers/kafka-streams.mjs';
import { report } from './report.mjs';

const HELP = `Measures Milepost beside what else does the same, on a stack of its own, in one run.

  npm run bench [-- OPTIONS]
    --events N       events of the load (500000), of 50,000 accounts
    --only A,B       only these parts: kafka, milestones, streams, warehouse, rebuild, second, latency, accounts,
                     memory
    --json FILE      the figures, with ratios, as JSON
    --profile        CPU profiles of milestones, of warehouse, and of both services in latency, into .milepost/profiles

Needs Maven and a JDK 17 for the Kafka Streams peer.`;

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '500000' },
    only: { type: 'string' },
    json: { type: 'string' },
    profile: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const only = values.only?.split(',');
const wants = (part) => !only || only.includes(part);
const say = (line) => process.stderr.write(`[${(performance.now() / 1000).toFixed(0).padStart(4)}s] ${line}\n`);

/** Not to the end: some events are no rows, and the last rows wait for company that does not come. */
const MOST_ROWS = 0.9;
/** Of a load of which nearly every account is triggered: so much of it says enough. */
const FACTS_JUDGED = 0.4;

const total = Number(values.events);
const warmUp = Math.min(50_000, total / 5);
const size = { total, warmUp };
const folder = mkdtempSync(join(tmpdir(), 'milepost-bench-'));
const stack = await startOwnStack({ dataDir: folder, onProgress: () => undefined });
const figures = { events: total, accounts: 50_000, cores: availableParallelism(), node: process.version };
try {
  const { addresses } = stack;
  const { brokers } = addresses.kafka;
  const kafka = quietKafka(brokers);
  const run = { addresses, name: '', ...size };
  await setUp(addresses, '');
  say(`Producing ${total.toLocaleString('en')} events`);
  await feedEvents({ brokers, events: total });
  if (wants('kafka')) {
    say('Consuming bare, consuming and decoding, copying in transactions');
    figures.consume = await consume(kafka, size);
    figures.consumeAndDecode = await consumeAndDecode(kafka, size);
    figures.transactionalCopy = await transactionalCopy(kafka, size);
  }
  if (wants('milestones')) {
    say('Through the milestones service');
    const { kafka: broker, redis } = stack.parts;
    const load = { ...run, parts: { kafka: broker, redis }, profile: values.profile };
    figures.milestones = await throughService('milestones', load);
  }
  if (wants('warehouse')) {
    say('Through the warehouse service, and a bare client');
    figures.warehouse = await warehouse({ ...run, total: total * MOST_ROWS, profile: values.profile });
  }
  if (wants('streams')) {
    say('Kafka Streams, 1 and 2 threads');
    const [one, two] = [await streams(brokers, 1), await streams(brokers, 2)];
    figures.kafkaStreams = { one: one.eventsPerSecond, two: two.eventsPerSecond };
    if (wants('milestones')) {
      const { agree } = await compareJourneys({ brokers, applicationId: two.applicationId });
      figures.kafkaStreams.sameOutputs = agree;
    }
  }
  if (wants('rebuild')) {
    say('Folding all of it again after Redis lost everything');
    figures.rebuild = await rebuild(run);
  }
  if (wants('second')) {
    say('What a second instance of each service adds');
    await setUp(addresses, 'two');
    await feedEvents({ brokers, topicPrefix: 'two.', events: total });
    const two = { ...run, name: 'two', instances: 2 };
    figures.second = { milestones: (await throughService('milestones', two)).perSecond };
    const facts = { counting: 'inputs', total: total * FACTS_JUDGED, warmUp };
    figures.second.signals = (await throughService('signals', { ...two, ...facts })).perSecond;
    figures.second.warehouse = (await twoWarehouses({ ...two, total: total * MOST_ROWS })).perSecond;
    figures.signals = await throughService('signals', { ...run, ...facts });
  }
  if (wants('memory')) {
    say('What an account weighs');
    figures.memory = await bytesPerAccount(addresses);
  }
  if (wants('latency')) {
    say('From event to trigger');
    await setUp(addresses, 'live');
    figures.latency = await latency(kafka, { addresses, name: 'live', profile: values.profile });
  }
  if (wants('accounts')) {
    figures.perEvent = {};
    for (const accounts of [10_000, 100_000, 1_000_000]) {
      say(`Time for an event of ${accounts.toLocaleString('en')} accounts`);
      figures.perEvent[accounts] = await timePerEvent(addresses, accounts);
    }
  }
} finally {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
}
const { table, ratios } = report(figures);
if (values.json) writeFileSync(values.json, JSON.stringify({ ratios, figures }, null, 2));
console.log(table);

function streams(brokers, threads) {
  return runKafkaStreams({ brokers, threads, warmUp });
}
