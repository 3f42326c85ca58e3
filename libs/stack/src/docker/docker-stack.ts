import type { StartedTestContainer } from 'testcontainers';
import { clickhouseAnswers } from '../answers/clickhouse-answers.js';
import { kafkaAnswers } from '../answers/kafka-answers.js';
import { redisAnswers } from '../answers/redis-answers.js';
import { BROKER_SETTINGS } from '../broker-settings.js';
import { stackPorts } from '../remembered-ports.js';
import type { Ports, Stack, StackOptions } from '../stack.js';
import { until } from '../until.js';
import { ContainerPart } from './container-part.js';
import { volumeName } from './data-volumes.js';
import { LoopbackContainer } from './loopback-container.js';

export const IMAGES = {
  kafka: 'apache/kafka:4.2.2',
  redis: 'redis:7.4',
  clickhouse: 'clickhouse/clickhouse-server:26.3',
} as const;

/** Protected mode would refuse the host, which comes from outside the container; only the loopback reaches it. */
const REDIS_COMMAND = 'redis-server --protected-mode no --dir /data --appendonly yes --appendfsync everysec';

const STOP_MS = 30_000;

/** The three parts in containers, on ports of the loopback. */
export async function startDocker(options: StackOptions): Promise<Stack> {
  const { onProgress = () => undefined } = options;
  const ports = await stackPorts(options);
  onProgress('Starting Kafka, Redis and ClickHouse in containers; the first time their images are fetched (1 GB)');
  const started = await Promise.allSettled(containers(options.dataDir, ports).map((container) => container.start()));
  const running = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((container) => container.stop({ timeout: STOP_MS })));
  };
  try {
    const failed = started.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
    const brokers = [`127.0.0.1:${ports.kafka}`];
    const [kafka, redis, clickhouse] = running as [StartedTestContainer, StartedTestContainer, StartedTestContainer];
    const parts = {
      kafka: new ContainerPart(kafka, () => until('Kafka', () => kafkaAnswers(brokers), 120_000)),
      redis: new ContainerPart(redis, () => until('Redis', () => redisAnswers(ports.redis), 60_000)),
      clickhouse: new ContainerPart(clickhouse, () =>
        until('ClickHouse', () => clickhouseAnswers(ports.clickhouse), 120_000),
      ),
    };
    await Promise.all(Object.values(parts).map((part) => part.ready()));
    return {
      kind: 'docker',
      addresses: {
        kafka: { brokers },
        redis: { url: `redis://127.0.0.1:${ports.redis}` },
        clickhouse: { url: `http://127.0.0.1:${ports.clickhouse}` },
      },
      parts,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function containers(dataDir: string, ports: Ports): LoopbackContainer[] {
  const volume = (part: keyof typeof IMAGES, target: string) => [{ source: volumeName(dataDir, part), target }];
  const kafka = new LoopbackContainer(IMAGES.kafka)
    // The same port inside: the broker reaches itself at the address that it advertises.
    .withExposedPorts({ container: ports.kafka, host: ports.kafka })
    .withEnvironment(kafkaEnvironment(ports))
    .withBindMounts(volume('kafka', '/var/lib/kafka/data'));
  const redis = new LoopbackContainer(IMAGES.redis)
    .withExposedPorts({ container: 6379, host: ports.redis })
    .withCommand(REDIS_COMMAND.split(' '))
    .withBindMounts(volume('redis', '/data'));
  const clickhouse = new LoopbackContainer(IMAGES.clickhouse)
    .withExposedPorts({ container: 8123, host: ports.clickhouse })
    // The default user without a password, from any address: only the loopback reaches it.
    .withEnvironment({ CLICKHOUSE_SKIP_USER_SETUP: '1' })
    .withBindMounts(volume('clickhouse', '/var/lib/clickhouse'));
  return [kafka, redis, clickhouse];
}

/** The image reads `some.setting` from `KAFKA_SOME_SETTING`. */
function kafkaEnvironment({ kafka, controller }: Ports): Record<string, string> {
  const settings = {
    ...BROKER_SETTINGS,
    'controller.quorum.voters': `1@localhost:${controller}`,
    listeners: `PLAINTEXT://:${kafka},CONTROLLER://:${controller}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${kafka}`,
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    'log.dirs': '/var/lib/kafka/data',
  };
  const entries = Object.entries(settings).map(([name, value]) => [
    `KAFKA_${name.toUpperCase().replaceAll('.', '_')}`,
    value,
  ]);
  return { ...(Object.fromEntries(entries) as Record<string, string>), KAFKA_HEAP_OPTS: '-Xmx512m -Xms256m' };
}
