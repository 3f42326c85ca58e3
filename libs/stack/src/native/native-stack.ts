import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack, StackOptions } from '../stack.js';
import { nativeClickHouse } from './clickhouse.js';
import { installNative } from './install.js';
import { nativeKafka } from './kafka.js';
import { nativeRedis } from './redis.js';

type Ports = Partial<Record<'kafka' | 'controller' | 'redis' | 'clickhouse', number>>;

/** Kafka on the JVM, redis-server, and ClickHouse as chDB: the real parts, without a container engine. */
export async function startNative({ dataDir, onProgress = () => undefined }: StackOptions): Promise<Stack> {
  await installNative(onProgress);
  mkdirSync(dataDir, { recursive: true });
  const portsFile = join(dataDir, 'ports.json');
  const wanted: Ports = existsSync(portsFile) ? (JSON.parse(readFileSync(portsFile, 'utf8')) as Ports) : {};
  const redis = await nativeRedis(join(dataDir, 'redis'), wanted.redis);
  const clickhouse = await nativeClickHouse(join(dataDir, 'clickhouse'), wanted.clickhouse);
  const kafka = await nativeKafka(join(dataDir, 'kafka'), { port: wanted.kafka, controllerPort: wanted.controller });
  const ports: Ports = {
    kafka: kafka.port,
    controller: kafka.controllerPort,
    redis: redis.port,
    clickhouse: clickhouse.port,
  };
  writeFileSync(portsFile, JSON.stringify(ports));
  const children = [kafka.child, redis.child, clickhouse.child];
  onProgress('Starting Kafka, Redis and ClickHouse');
  const started = await Promise.allSettled(children.map((child) => child.start()));
  const failed = started.find((one) => one.status === 'rejected');
  if (failed) {
    await Promise.all(children.map((child) => child.stop()));
    throw failed.reason;
  }
  return {
    kind: 'native',
    addresses: { kafka: { brokers: kafka.brokers }, redis: { url: redis.url }, clickhouse: { url: clickhouse.url } },
    parts: { kafka: kafka.child, redis: redis.child, clickhouse: clickhouse.child },
    stop: async () => {
      await Promise.all(children.map((child) => child.stop()));
    },
  };
}
