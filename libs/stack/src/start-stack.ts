import { join, resolve } from 'node:path';
import { lockDataDir } from './data-dir-lock.js';
import { dockerAnswers } from './docker-answers.js';
import { forgetData } from './forget-data.js';
import { endLeftovers } from './leftovers.js';
import { PARTS, RUN_FOLDER } from './stack.js';
import type { Stack, StackAddresses, StackKind, StackOptions } from './stack.js';

/** Kafka, Redis and ClickHouse from the first source that has them: external, docker, native. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const external = externalAddresses();
  const kind = options.kind ?? (external ? 'external' : undefined);
  if (kind !== 'external') return startOwnStack({ ...options, kind });
  return locked(options, () => Promise.resolve(useExternal(external)));
}

/** Never an external one: for tests that stop and break its parts. */
export async function startOwnStack(options: StackOptions & { kind?: OwnKind }): Promise<Stack> {
  return locked(options, async (asked) => {
    const kind = options.kind ?? ((await dockerAnswers()) ? 'docker' : 'native');
    await endLeftovers([...PARTS, RUN_FOLDER].map((name) => join(asked.dataDir, name)));
    if (asked.fresh) await forgetData(asked.dataDir);
    return START[kind](asked);
  });
}

/** Holds the data directory while the stack runs: a second one on it would end the first as a leftover. */
async function locked(options: StackOptions, start: (options: StackOptions) => Promise<Stack>): Promise<Stack> {
  const dataDir = resolve(options.dataDir);
  const unlock = lockDataDir(dataDir);
  try {
    const stack = await start({ ...options, dataDir });
    return { ...stack, stop: () => stack.stop().finally(unlock) };
  } catch (error) {
    unlock();
    throw error;
  }
}

type OwnKind = Exclude<StackKind, 'external'>;

/** Loaded when chosen: the container library alone takes a second. */
const START: Record<OwnKind, (options: StackOptions) => Promise<Stack>> = {
  docker: async (options) => (await import('./docker-stack.js')).startDocker(options),
  native: async (options) => (await import('./native/native-stack.js')).startNative(options),
};

function externalAddresses(): StackAddresses | null {
  const { KAFKA_BROKERS, REDIS_URL, CLICKHOUSE_URL } = process.env;
  if (!KAFKA_BROKERS || !REDIS_URL || !CLICKHOUSE_URL) return null;
  return {
    kafka: { brokers: KAFKA_BROKERS.split(',') },
    redis: { url: REDIS_URL },
    clickhouse: { url: CLICKHOUSE_URL },
  };
}

function useExternal(addresses: StackAddresses | null): Stack {
  if (!addresses)
    throw new Error('An external stack needs KAFKA_BROKERS, REDIS_URL and CLICKHOUSE_URL; set all three.');
  return { kind: 'external', addresses, parts: null, stop: () => Promise.resolve() };
}
