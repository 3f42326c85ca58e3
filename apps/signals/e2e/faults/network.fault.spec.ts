import { expect } from '@jest/globals';
import type { FaultRun } from './fault-run.js';
import { testFaults, times } from './fault-table.js';
import type { TcpProxy } from './tcp-proxy.js';
import type { World } from './world.js';

const LATENCY_MS = 500;
const RESETS = times(20, 4);

let proxies: Record<'kafka' | 'redis' | 'clickhouse', TcpProxy>;

/** Services reach every part through a proxy; the tests' own connections go straight. */
const throughProxies = async (world: World): Promise<Record<string, string>> => {
  const [kafka, redis, clickhouse] = await Promise.all([
    world.tcpProxy('kafka'),
    world.tcpProxy('redis'),
    world.tcpProxy('clickhouse'),
  ]);
  proxies = { kafka, redis, clickhouse };
  return {
    KAFKA_BROKERS: `127.0.0.1:${kafka.port}`,
    REDIS_URL: `redis://127.0.0.1:${redis.port}`,
    CLICKHOUSE_URL: `http://127.0.0.1:${clickhouse.port}`,
  };
};

/** Cuts all connections to one part after the other, each time in the middle of some service's work. */
async function reset(run: FaultRun): Promise<void> {
  let cut = 0;
  for (let i = 0; i < RESETS; i++) {
    await run.randomMoment(i % 2 === 0 ? 'milestones' : 'signals');
    cut += proxies.redis.reset();
    await run.randomMoment('warehouse');
    cut += proxies.clickhouse.reset();
    await run.randomMoment('milestones');
    cut += proxies.kafka.reset();
  }
  // Every service keeps several open to Kafka.
  expect(cut).toBeGreaterThan(3 * RESETS);
  await run.recovery();
}

testFaults('7. The network', [
  {
    name: 'Connections to Kafka, Redis and ClickHouse are reset',
    everyday: true,
    settings: throughProxies,
    lasts: RESETS * 5_000,
    inject: reset,
  },
  {
    name: `Every answer of Redis and ClickHouse comes ${LATENCY_MS} ms later`,
    settings: throughProxies,
    lasts: 30_000,
    inject: async (run) => {
      proxies.redis.delay(LATENCY_MS);
      proxies.clickhouse.delay(LATENCY_MS);
      for (let i = times(5); i > 0; i--) await run.recovery();
      proxies.redis.delay(0);
      proxies.clickhouse.delay(0);
      await run.recovery();
    },
  },
  {
    name: `Every answer of Kafka comes ${LATENCY_MS} ms later`,
    settings: throughProxies,
    lasts: 60_000,
    inject: async (run) => {
      proxies.kafka.delay(LATENCY_MS);
      await run.recovery();
      proxies.kafka.delay(0);
      await run.recovery();
    },
  },
]);
