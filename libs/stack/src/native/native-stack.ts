import { join } from 'node:path';
import { stackPorts } from '../remembered-ports.js';
import type { Stack, StackOptions } from '../stack.js';
import { nativeClickHouse } from './clickhouse.js';
import { installNative } from './install.js';
import { nativeKafka } from './kafka.js';
import { nativeRedis } from './redis.js';

/** Kafka on the JVM, redis-server, and ClickHouse as chDB: the real parts, without a container engine. */
export async function startNative(options: StackOptions): Promise<Stack> {
  const { dataDir, onProgress = () => undefined } = options;
  await installNative(onProgress);
  const ports = await stackPorts(options);
  const redis = nativeRedis(join(dataDir, 'redis'), ports.redis, onProgress);
  const clickhouse = nativeClickHouse(join(dataDir, 'clickhouse'), ports.clickhouse, onProgress);
  const kafka = await nativeKafka(join(dataDir, 'kafka'), ports, onProgress);
  const children = [kafka, redis, clickhouse];
  const stop = async (): Promise<void> => {
    await Promise.all(children.map((child) => child.stop()));
  };
  onProgress('Starting Kafka, Redis and ClickHouse');
  const started = await Promise.allSettled(children.map((child) => child.start()));
  const failed = started.find((one) => one.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  return {
    kind: 'native',
    addresses: {
      kafka: { brokers: [`127.0.0.1:${ports.kafka}`] },
      redis: { url: `redis://127.0.0.1:${ports.redis}` },
      clickhouse: { url: `http://127.0.0.1:${ports.clickhouse}` },
    },
    parts: { kafka, redis, clickhouse },
    stop,
  };
}
