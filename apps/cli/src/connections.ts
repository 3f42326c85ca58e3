import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createClickHouse } from '@milepost/clickhouse';
import type { ClickHouseClient } from '@milepost/clickhouse';
import type { Plan } from '@milepost/plan';
import { loadPlanFolder } from '@milepost/platform';
import { createKafka, createRedis } from '@milepost/runtime';
import type { Logger } from '@milepost/stream';
import type { Redis } from 'ioredis';
import type { Kafka } from 'kafkajs';

/** Something the user can put right: printed without a stack. */
export class UsageError extends Error {}

export interface Addresses {
  brokers: string[];
  redis: string;
  clickhouse: string;
  topicPrefix: string;
  groupPrefix: string;
  planDir: string;
}

interface StackFile {
  kafka: { brokers: string[] };
  redis: { url: string };
  clickhouse: { url: string };
}

const WORKSPACE = resolve(import.meta.dirname, '../../..');

/** The plan alone, for commands that connect to nothing. */
export function findPlan(environment: NodeJS.ProcessEnv = process.env): { plan: Plan } {
  return { plan: loadPlanFolder(environment['PLAN_DIR'] ?? resolve(WORKSPACE, 'plan')) };
}

/** Where things are: the environment, otherwise what `npm start` wrote down. */
export function findAddresses(environment = process.env): Addresses {
  const file = resolve(WORKSPACE, '.milepost/stack.json');
  const stack = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as StackFile) : null;
  const brokers = environment['KAFKA_BROKERS']?.split(',') ?? stack?.kafka.brokers;
  const redis = environment['REDIS_URL'] ?? stack?.redis.url;
  const clickhouse = environment['CLICKHOUSE_URL'] ?? stack?.clickhouse.url;
  if (!brokers || !redis || !clickhouse) {
    throw new UsageError('Nothing to connect to: run `npm start`, or set KAFKA_BROKERS, REDIS_URL and CLICKHOUSE_URL.');
  }
  return {
    brokers,
    redis,
    clickhouse,
    topicPrefix: environment['TOPIC_PREFIX'] ?? '',
    groupPrefix: environment['GROUP_PREFIX'] ?? 'milepost',
    planDir: environment['PLAN_DIR'] ?? resolve(WORKSPACE, 'plan'),
  };
}

const ignore = (): void => undefined;
const SILENT: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** Opens what a command asks for, and closes it whatever happens. */
export class Connections {
  private readonly closers: (() => unknown)[] = [];

  constructor(readonly addresses: Addresses) {}

  get plan(): Plan {
    return loadPlanFolder(this.addresses.planDir);
  }

  kafka(): Kafka {
    return createKafka({ brokers: this.addresses.brokers, clientId: 'milepost-cli' }, SILENT);
  }

  async redis(): Promise<Redis> {
    const redis = createRedis(this.addresses.redis, SILENT);
    this.closers.push(() => redis.disconnect());
    await redis.connect().catch((cause: Error) => {
      const { host } = new URL(this.addresses.redis);
      throw new UsageError(`Redis at ${host} does not answer: is it running? (${cause.message})`, { cause });
    });
    return redis;
  }

  clickhouse(): ClickHouseClient {
    const client = createClickHouse(this.addresses.clickhouse);
    this.closers.push(() => client.close());
    return client;
  }

  onClose(close: () => unknown): void {
    this.closers.push(close);
  }

  async close(): Promise<void> {
    for (const close of this.closers.reverse()) await close();
  }
}
