import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Kafka, logLevel } from 'kafkajs';
import { freePort } from '../free-port.js';
import { until } from '../until.js';
import { Child } from './child.js';
import { KAFKA_LIBS } from './install.js';

const run = promisify(execFile);
const CLASS_PATH = `${KAFKA_LIBS}/*`;

/** One broker that is its own controller. Small internal topics: they are what a fresh start waits for. */
const properties = (dir: string, port: number, controllerPort: number): string => `
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
log.dirs=${join(dir, 'data')}
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
group.initial.rebalance.delay.ms=0
log.retention.ms=-1
log.cleaner.dedupe.buffer.size=16777216
`;

const QUIET_LOG = `Configuration:
  status: error
  Appenders: { Console: { name: OUT, target: SYSTEM_OUT, PatternLayout: { pattern: "%d %p %m (%c{1})%n" } } }
  Loggers: { Root: { level: warn, AppenderRef: { ref: OUT } } }
`;

export interface NativeKafka {
  child: Child;
  brokers: string[];
  port: number;
  controllerPort: number;
}

export async function nativeKafka(
  dir: string,
  wanted: { port?: number; controllerPort?: number },
): Promise<NativeKafka> {
  mkdirSync(dir, { recursive: true });
  const port = await freePort(wanted.port);
  const controllerPort = await freePort(wanted.controllerPort);
  const config = join(dir, 'server.properties');
  const log4j = join(dir, 'log4j2.yaml');
  writeFileSync(config, properties(dir, port, controllerPort));
  writeFileSync(log4j, QUIET_LOG);
  const java = ['-Xmx512m', '-Xms256m', '-XX:+UseG1GC', `-Dlog4j2.configurationFile=${log4j}`, '-cp', CLASS_PATH];
  if (!existsSync(join(dir, 'data/meta.properties'))) {
    const tool = [...java, 'kafka.tools.StorageTool'];
    const { stdout } = await run('java', [...tool, 'random-uuid']);
    await run('java', [...tool, 'format', '-t', stdout.trim().split('\n').at(-1)!, '-c', config]);
  }
  const brokers = [`127.0.0.1:${port}`];
  const child = new Child({
    name: 'kafka',
    command: 'java',
    args: [...java, 'kafka.Kafka', config],
    dataDir: dir,
    ready: () => until('Kafka', () => ping(brokers), 90_000, 200),
    patienceMs: 30_000,
  });
  return { child, brokers, port, controllerPort };
}

async function ping(brokers: string[]): Promise<void> {
  const kafka = new Kafka({ brokers, clientId: 'stack', logLevel: logLevel.NOTHING, retry: { retries: 0 } });
  const admin = kafka.admin();
  try {
    await admin.connect();
    await admin.listTopics();
  } finally {
    await admin.disconnect();
  }
}
