import { randomBytes } from 'node:crypto';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BROKER_SETTINGS } from '../broker-settings.js';
import { kafkaAnswers } from '../answers/kafka-answers.js';
import { until } from '../until.js';
import { KAFKA_LIBS } from './install.js';
import { NativePart } from './native-part.js';

const properties = (dir: string, port: number, controllerPort: number): string =>
  Object.entries({
    ...BROKER_SETTINGS,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'log.dirs': join(dir, 'data'),
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

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
