// The rival: the milestones service's job as a Kafka Streams program (bench/peers/kafka-streams). Builds it once,
// runs it over what is in onboarding.events, returns what it measured.
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { TOPICS } from '../../libs/contracts/dist/index.js';

const kafkajs = createRequire(import.meta.url)('kafkajs');

const WORKSPACE = fileURLToPath(new URL('../..', import.meta.url));
const HOME = fileURLToPath(new URL('kafka-streams', import.meta.url));
const TARGET = join(HOME, 'target');
const JAR = join(TARGET, 'kafka-streams-peer-1.jar');
const MAIN = 'dev.milepost.peer.Peer';

export const PEER_JOURNEY = 'peer.journey';

/** Two cores: the parallel collector costs a streaming program less than G1 does. */
const JVM = ['-Xms1g', '-Xmx1g', '-XX:+UseParallelGC', '-Dorg.slf4j.simpleLogger.defaultLogLevel=error'];

/** Compiles the program when it is missing or older than its sources. Needs Maven and a JDK from 17. */
export async function buildKafkaStreams() {
  if (existsSync(JAR) && statSync(JAR).mtimeMs >= newest(join(HOME, 'src'), join(HOME, 'pom.xml'))) return;
  try {
    await promisify(execFile)('mvn', ['-q', '-B', '-f', join(HOME, 'pom.xml'), 'package'], { maxBuffer: 1 << 26 });
  } catch (error) {
    const why =
      error.code === 'ENOENT' ? 'mvn is not there; install Maven and a JDK 17' : error.stdout || error.message;
    throw new Error(`Building the Kafka Streams peer failed: ${why}`, { cause: error });
  }
}

function newest(...paths) {
  const times = paths.map((path) => {
    const found = statSync(path);
    return found.isDirectory() ? newest(...readdirSync(path).map((name) => join(path, name))) : found.mtimeMs;
  });
  return Math.max(0, ...times);
}

/**
 * One run under an application id of its own, so from the start of the topic and without state. `peer.journey` is
 * created, or emptied: what is in it afterwards is this run's. `settings`: Kafka Streams properties over the
 * program's. `events`, `seconds` and `eventsPerSecond` leave the first `warmUp` records out; the counts do not.
 */
export async function runKafkaStreams({
  brokers,
  topicPrefix = '',
  threads = 1,
  stateDir = tmpdir(),
  warmUp,
  giveUpAfter = 300,
  settings = {},
  jvm = JVM,
}) {
  await buildKafkaStreams();
  const applicationId = `peer-${Date.now().toString(36)}-${process.pid}`;
  const kafka = new kafkajs.Kafka({ brokers, clientId: 'bench-peer', logLevel: kafkajs.logLevel.NOTHING });
  const admin = kafka.admin();
  mkdirSync(stateDir, { recursive: true });
  const folder = mkdtempSync(join(stateDir, 'kafka-streams-'));
  await admin.connect();
  try {
    await emptyJourney(admin, topicPrefix);
    const line = await runJava([
      ...jvm,
      ...['-cp', `${JAR}:${join(TARGET, 'lib')}/*`, MAIN, '--until-end'],
      ...['--brokers', brokers.join(','), '--application-id', applicationId, '--state-dir', folder],
      ...['--plan', join(WORKSPACE, 'plan'), '--threads', String(threads)],
      ...['--event-schema', join(WORKSPACE, 'libs/contracts/src/onboarding-event.avsc')],
      ...['--journey-schema', join(WORKSPACE, 'libs/contracts/src/journey-page.avsc')],
      ...['--give-up-after', String(giveUpAfter)],
      ...(topicPrefix ? ['--topic-prefix', topicPrefix] : []),
      ...(warmUp === undefined ? [] : ['--warm-up', String(warmUp)]),
      ...Object.entries(settings).flatMap(([name, value]) => ['--set', `${name}=${value}`]),
    ]);
    return { ...JSON.parse(line), applicationId };
  } finally {
    await forget(admin, applicationId).catch(() => undefined);
    await admin.disconnect();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function emptyJourney(admin, topicPrefix) {
  const topic = topicPrefix + PEER_JOURNEY;
  if ((await admin.listTopics()).includes(topic)) {
    const partitions = (await admin.fetchTopicOffsets(topic)).map(({ partition }) => ({ partition, offset: '-1' }));
    await admin.deleteTopicRecords({ topic, partitions });
    return;
  }
  const events = await admin.fetchTopicMetadata({ topics: [topicPrefix + TOPICS.events] });
  const numPartitions = events.topics[0].partitions.length;
  const configEntries = [{ name: 'retention.ms', value: '-1' }];
  await admin.createTopics({ topics: [{ topic, numPartitions, configEntries }], waitForLeaders: true });
}

/** The run's changelog and group: nothing ever goes on with them. */
async function forget(admin, applicationId) {
  const own = (await admin.listTopics()).filter((name) => name.startsWith(`${applicationId}-`));
  if (own.length > 0) await admin.deleteTopics({ topics: own });
  await admin.deleteGroups([applicationId]);
}

function runJava(args) {
  return new Promise((done, fail) => {
    const child = spawn('java', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (chunk) => (out += chunk));
    child.once('error', (error) => fail(new Error(`java did not start: ${error.message}. Install a JDK 17.`)));
    child.once('close', (code, signal) => {
      if (code === 0) done(out);
      else fail(new Error(`The Kafka Streams peer ended with ${signal ?? `exit code ${code}`}; see above.`));
    });
  });
}

const HELP = `Runs the Kafka Streams peer over what is in onboarding.events; prints one line of JSON.

  node bench/peers/kafka-streams.mjs --brokers HOST:PORT[,…]
    --topic-prefix P      before each topic's name
    --threads N           stream threads (1)
    --state-dir FOLDER    where RocksDB goes, and is removed again (the system's temp folder)
    --warm-up N           records before the measuring begins (a fifth, at most 50,000)
    --give-up-after S     seconds (300)
    --set NAME=VALUE      a Kafka Streams property; may be repeated
    --build               only build

Needs a build of the workspace (npm run build), Maven and a JDK from 17. Reads the topic from its start, empties
peer.journey first, adds to onboarding.rejected.`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: {
      brokers: { type: 'string' },
      'topic-prefix': { type: 'string', default: '' },
      threads: { type: 'string', default: '1' },
      'state-dir': { type: 'string', default: tmpdir() },
      'warm-up': { type: 'string' },
      'give-up-after': { type: 'string', default: '300' },
      set: { type: 'string', multiple: true, default: [] },
      build: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || (!values.brokers && !values.build)) {
    console.log(HELP);
    process.exit(values.help ? 0 : 2);
  }
  if (values.build) await buildKafkaStreams();
  else {
    const result = await runKafkaStreams({
      brokers: values.brokers.split(','),
      topicPrefix: values['topic-prefix'],
      threads: Number(values.threads),
      stateDir: values['state-dir'],
      warmUp: values['warm-up'],
      giveUpAfter: Number(values['give-up-after']),
      settings: Object.fromEntries(values.set.map((one) => one.split(/=(.*)/s, 2))),
    });
    console.log(JSON.stringify(result));
  }
}
