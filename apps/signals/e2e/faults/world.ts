import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClickHouse } from '@milepost/clickhouse';
import type { ClickHouseClient } from '@milepost/clickhouse';
import { freePort, startOwnStack } from '@milepost/stack';
import type { Stack, StackOptions } from '@milepost/stack';
import { Redis } from 'ioredis';
import type { Admin, Kafka } from 'kafkajs';
import { connect } from '../scenario.js';
import { HttpProxy } from './http-proxy.js';
import { TcpProxy } from './tcp-proxy.js';

const portOf = (url: string): number => Number(new URL(url).port);

/**
 * A stack for the faults of one file, with the tests' own connections. Each fault has topics, groups and keys of its
 * own on it; ClickHouse's tables are made anew.
 */
export class World {
  private runs = 0;
  private readonly proxies: { close(): Promise<void> }[] = [];

  private constructor(
    readonly stack: Stack,
    readonly folder: string,
    readonly kafka: Kafka,
    readonly admin: Admin,
    readonly redis: Redis,
    readonly clickhouse: ClickHouseClient,
  ) {}

  static async open(options: Partial<StackOptions> = {}): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), 'milepost-faults-'));
    const stack = await startOwnStack({ dataDir: folder, ...options });
    const { kafka: addresses, redis: store, clickhouse } = stack.addresses;
    const kafka = connect(addresses.brokers);
    const admin = kafka.admin();
    await admin.connect();
    const redis = new Redis(store.url, { maxRetriesPerRequest: 1, retryStrategy: () => 100 });
    redis.on('error', () => undefined); // Its absence is what is tested.
    return new World(stack, folder, kafka, admin, redis, createClickHouse(clickhouse.url));
  }

  get parts(): NonNullable<Stack['parts']> {
    return this.stack.parts!;
  }

  /** A name that no run had before: it begins topics, groups and keys. */
  nextPrefix(): string {
    return `f${++this.runs}`;
  }

  /** In front of ClickHouse: it may lose replies. */
  async httpProxy(): Promise<HttpProxy> {
    const proxy = await HttpProxy.open(await freePort(), portOf(this.stack.addresses.clickhouse.url));
    this.proxies.push(proxy);
    return proxy;
  }

  /** In front of a part: it may be slow and cut connections. */
  async tcpProxy(part: 'kafka' | 'redis' | 'clickhouse'): Promise<TcpProxy> {
    const { kafka, redis, clickhouse } = this.stack.addresses;
    const url = { kafka: `kafka://${kafka.brokers[0]}`, redis: redis.url, clickhouse: clickhouse.url }[part];
    const proxy = await TcpProxy.open(await freePort(), portOf(url), part === 'kafka');
    this.proxies.push(proxy);
    return proxy;
  }

  async close(keep = false): Promise<void> {
    await this.admin.disconnect().catch(() => undefined);
    this.redis.disconnect();
    await this.clickhouse.close();
    await Promise.all(this.proxies.map((proxy) => proxy.close()));
    await this.stack.stop();
    if (!keep) rmSync(this.folder, { recursive: true, force: true });
  }
}
