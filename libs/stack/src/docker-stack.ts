import { join } from 'node:path';
import { GenericContainer, Wait } from 'testcontainers';
import { freePort } from './free-port.js';
import type { Stack, StackOptions } from './stack.js';

const KAFKA_IMAGE = 'apache/kafka:4.3.1';
const REDIS_IMAGE = 'redis:7.4';
const CLICKHOUSE_IMAGE = 'clickhouse/clickhouse-server:26.3';

/** The three parts in containers, on loopback ports, with their data under `dataDir`. */
export async function startDocker({ dataDir, onProgress = () => undefined }: StackOptions): Promise<Stack> {
  const kafkaPort = await freePort();
  onProgress('Starting Kafka, Redis and ClickHouse in containers');
  const bind = (name: string, target: string) => [{ source: join(dataDir, name), target, mode: 'rw' as const }];
  const containers = await Promise.all([
    new GenericContainer(KAFKA_IMAGE)
      .withExposedPorts({ container: 9092, host: kafkaPort })
      .withEnvironment(kafkaEnvironment(kafkaPort))
      .withBindMounts(bind('kafka', '/var/lib/kafka/data'))
      .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
      .start(),
    new GenericContainer(REDIS_IMAGE)
      .withExposedPorts(6379)
      .withCommand(['redis-server', '--appendonly', 'yes', '--appendfsync', 'everysec', '--save', ''])
      .withBindMounts(bind('redis', '/data'))
      .withWaitStrategy(Wait.forListeningPorts())
      .start(),
    new GenericContainer(CLICKHOUSE_IMAGE)
      .withExposedPorts(8123)
      .withEnvironment({ CLICKHOUSE_SKIP_USER_SETUP: '1' })
      .withBindMounts(bind('clickhouse', '/var/lib/clickhouse'))
      .withWaitStrategy(Wait.forHttp('/ping', 8123))
      .start(),
  ]);
  const [, redis, clickhouse] = containers;
  return {
    kind: 'docker',
    addresses: {
      kafka: { brokers: [`127.0.0.1:${kafkaPort}`] },
      redis: { url: `redis://127.0.0.1:${redis.getMappedPort(6379)}` },
      clickhouse: { url: `http://127.0.0.1:${clickhouse.getMappedPort(8123)}` },
    },
    parts: null,
    stop: async () => {
      await Promise.all(containers.map((container) => container.stop()));
    },
  };
}

function kafkaEnvironment(port: number): Record<string, string> {
  return {
    KAFKA_NODE_ID: '1',
    KAFKA_PROCESS_ROLES: 'broker,controller',
    KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
    KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port}`,
    KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
    KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
    KAFKA_LOG_DIRS: '/var/lib/kafka/data',
    KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
    KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
    KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
    KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
    KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
    KAFKA_LOG_RETENTION_MS: '-1',
  };
}
