import { readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { until } from '@milepost/stack';
import type { FaultRun } from './fault-run.js';
import { testFaults, times } from './fault-table.js';
import type { HttpProxy } from './http-proxy.js';
import { World } from './world.js';

const waitMs = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const DOWN_MS = times(6) * 10_000;

/** Redis is set so that it refuses to write, until services say so; then as it was. */
async function refusing(run: FaultRun, begin: string[][], end: string[][]): Promise<void> {
  const { redis } = run.world;
  const say = async ([command, ...args]: string[]): Promise<void> => void (await redis.call(command!, ...args));
  try {
    for (const command of begin) await say(command);
    await Promise.all([run.notReady('milestones'), run.notReady('signals')]);
  } finally {
    for (const command of end) await until('Redis', () => say(command), 10_000);
  }
  await run.recovery();
}

const redisAnswers = (run: FaultRun): Promise<unknown> => until('Redis', () => run.world.redis.ping(), 30_000);

/** Cuts the end of the append-only file off, in the middle of a command, as a full disk or a lost page does. */
function truncateLog(world: World): void {
  const folder = join(world.folder, 'redis/appendonlydir');
  const file = readdirSync(folder).find((name) => name.endsWith('.incr.aof'))!;
  const path = join(folder, file);
  truncateSync(path, Math.floor(statSync(path).size * 0.8) - 1);
}

let clickhouse: HttpProxy;
const throughProxy = async (world: World): Promise<Record<string, string>> => {
  clickhouse = await world.httpProxy();
  return { CLICKHOUSE_URL: `http://127.0.0.1:${clickhouse.port}` };
};

/** The append-only file can be reached in a native stack only. */
const openNative = (): Promise<World> => World.open({ kind: 'native' });

testFaults(
  '4–6. Kafka, Redis and ClickHouse fail',
  [
    {
      // By SIGTERM. With the transaction protocol that kafkajs speaks, a broker that is killed right after it
      // acknowledged an abort can forget to end that transaction; then no reader gets past it, whoever wrote it.
      name: 'Kafka restarts',
      everyday: true,
      lasts: times(3) * 20_000,
      inject: async (run) => {
        for (let i = times(3); i > 0; i--) {
          await run.randomMoment('milestones');
          await run.world.parts.kafka.restart();
          await run.recovery();
        }
      },
    },
    {
      name: 'Redis restarts',
      inject: async (run) => {
        await run.world.parts.redis.restart();
        await redisAnswers(run);
        await run.recovery();
      },
    },
    {
      name: 'Redis restarts with a truncated append-only file',
      everyday: true,
      lasts: times(3) * 15_000,
      inject: async (run) => {
        for (let i = times(3); i > 0; i--) {
          await run.randomMoment('signals');
          await run.world.parts.redis.kill();
          truncateLog(run.world);
          await run.world.parts.redis.start();
          await redisAnswers(run);
          await run.recovery();
        }
      },
    },
    {
      name: 'Redis is emptied by FLUSHALL',
      lasts: times(3) * 15_000,
      inject: async (run) => {
        for (let i = times(3); i > 0; i--) {
          await run.randomMoment('milestones');
          await run.world.redis.flushall();
          await run.recovery();
        }
      },
    },
    {
      name: 'Redis is out of memory',
      everyday: true,
      inject: (run) =>
        refusing(
          run,
          [
            ['CONFIG', 'SET', 'maxmemory-policy', 'noeviction'],
            ['CONFIG', 'SET', 'maxmemory', '1'],
          ],
          [['CONFIG', 'SET', 'maxmemory', '0']],
        ),
    },
    {
      name: 'Redis lacks the replicas that it wants for writing',
      inject: (run) =>
        refusing(
          run,
          [['CONFIG', 'SET', 'min-replicas-to-write', '1']],
          [['CONFIG', 'SET', 'min-replicas-to-write', '0']],
        ),
    },
    {
      name: 'Redis is the replica of a dead master, and so read-only',
      inject: (run) => refusing(run, [['REPLICAOF', '127.0.0.1', '1']], [['REPLICAOF', 'NO', 'ONE']]),
    },
    {
      name: `ClickHouse is down for ${DOWN_MS / 1000} s`,
      everyday: true,
      lasts: DOWN_MS,
      inject: async (run) => {
        await run.world.parts.clickhouse.kill();
        await Promise.all([run.notReady('warehouse'), waitMs(DOWN_MS)]);
        await run.world.parts.clickhouse.start();
        await run.recovery();
      },
    },
    {
      name: 'ClickHouse does inserts whose replies are lost',
      everyday: true,
      settings: throughProxy,
      inject: async (run) => {
        const tries = new Map<string, number>();
        clickhouse.fate = (token) => {
          tries.set(token, (tries.get(token) ?? 0) + 1);
          // Twice in a row for some: a repeat may lose its reply too.
          return tries.get(token)! <= tries.size % 3 ? 'drop-reply' : 'pass';
        };
        await until('lost replies', () => atLeast(clickhouse.dropped.length, times(30, 6)), 60_000);
        clickhouse.fate = () => 'pass';
        await run.recovery(['warehouse']);
      },
    },
    {
      name: 'ClickHouse is asked again after more inserts than it remembers',
      settings: throughProxy,
      inject: async (run) => {
        const tables = ['events', 'milestones', 'signals', 'rejected'];
        for (const table of tables) {
          const set = 'MODIFY SETTING non_replicated_deduplication_window = 2';
          await run.world.clickhouse.command({ query: `ALTER TABLE milepost.${table} ${set}` });
          await run.world.clickhouse.command({ query: `SYSTEM STOP MERGES milepost.${table}` });
        }
        let victim = '';
        let since = 0;
        clickhouse.fate = (token) => {
          if (!token.includes('/milepost.events/')) return 'pass';
          if (victim === '') {
            victim = token;
            return 'drop-reply';
          }
          if (token === victim) return since > 4 ? 'pass' : 'refuse';
          since++;
          return 'pass';
        };
        await until('inserts past the window', () => atLeast(since, 5), 60_000);
        await run.recovery(['warehouse']);
      },
      check: async (run) => {
        const ask = async (final: string): Promise<number> => {
          const query = `SELECT count() FROM milepost.events ${final}`;
          const [row] = await (
            await run.world.clickhouse.query({ query, format: 'JSONCompactEachRow' })
          ).json<[string]>();
          return Number(row![0]);
        };
        // The rows stand twice until they are merged, and are read once all the same.
        expect(await ask('')).toBeGreaterThan(await ask('FINAL'));
        await run.world.clickhouse.command({ query: 'SYSTEM START MERGES milepost.events' });
        await run.world.clickhouse.command({ query: 'OPTIMIZE TABLE milepost.events FINAL' });
      },
    },
  ],
  openNative,
);

function atLeast(found: number, wanted: number): Promise<void> {
  return found >= wanted ? Promise.resolve() : Promise.reject(new Error(`${found} of ${wanted}`));
}
