import { randomBytes } from 'node:crypto';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { kafkaAnswers } from '../kafka-answers.js';
import { until } from '../until.js';
import { KAFKA_LIBS } from './install.js';
import { NativePart } from './native-part.js';

/** One broker that is its own controller. Few internal partitions: they are what a first start waits for. */
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
offsets.topic.num.partitions=8
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
log.retention.ms=-1
log.cleaner.dedupe.buffer.size=16777216
`;

const QUIET_LOG = `Configuration:
  status: error
  Appenders: { Console: { name: OUT, target: SYSTEM_OUT, PatternLayout: { pattern: "%d %p %m (%c{1})%n" } } }
  Loggers: { Root: { level: warn, AppenderRef: { ref: OUT } } }
`;

export async function nativeKafka(
  dir: string,
  ports: { kafka: number; controller: number },
  onLost: (line: string) => void,
): Promise<NativePart> {
  mkdirSync(dir, { recursive: true });
  const config = join(dir, 'server.properties');
  const log4j = join(dir, 'log4j2.yaml');
  // Written at each start: the advertised listener must be the port of this one.
  writeFileSync(config, properties(dir, ports.kafka, ports.controller));
  writeFileSync(log4j, QUIET_LOG);
  const java = [
    '-Xmx512m',
    '-Xms256m',
    '-XX:+UseG1GC',
    `-Dlog4j2.configurationFile=${log4j}`,
    '-cp',
    `${KAFKA_LIBS}/*`,
  ];
  if (!existsSync(join(dir, 'data/meta.properties'))) await format(java, config);
  return new NativePart({
    name: 'kafka',
    command: 'java',
    args: [...java, 'kafka.Kafka', config],
    dir,
    ready: () => until('Kafka', () => kafkaAnswers([`127.0.0.1:${ports.kafka}`]), 90_000),
    patienceMs: 30_000,
    onLost,
  });
}

/** A cluster id is 16 bytes in URL-safe base64. A leading dash would be read as an option. */
async function format(java: string[], config: string): Promise<void> {
  const id = `M${randomBytes(16).toString('base64url').slice(1)}`;
  await promisify(execFile)('java', [...java, 'kafka.tools.StorageTool', 'format', '-t', id, '-c', config]);
}
