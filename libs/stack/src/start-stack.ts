import { join, resolve } from 'node:path';
import { lockDataDir } from './data-dir-lock.js';
import { dockerAnswers } from './docker/docker-answers.js';
import { forgetData } from './forget-data.js';
import { lastKind, noteKind } from './last-kind.js';
import type { OwnKind } from './last-kind.js';
import { endLeftovers } from './leftovers.js';
import { PARTS, RUN_FOLDER } from './stack.js';
import type { Stack, StackAddresses, StackKind, StackOptions } from './stack.js';

/** Kafka, Redis and ClickHouse from the first source that has them: external, docker, native. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const external = externalAddresses();
  const kind = forcedKind(options) ?? (external ? 'external' : undefined);
  if (kind !== 'external') return startOwnStack({ ...options, kind });
  return locked(options, () => Promise.resolve(useExternal(external)));
}

/** Never an external one: for tests that stop and break its parts. */
export async function startOwnStack(options: StackOptions): Promise<Stack> {
  return locked(options, async (asked) => {
    await endLeftovers([...PARTS, RUN_FOLDER].map((name) => join(asked.dataDir, name)));
    const forced = forcedKind(asked);
    if (forced === 'external') throw new Error('These tests break their stack; an external one is not ours to break.');
    if (forced) return startKind(forced, asked);
    if (lastKind(asked.dataDir) !== 'native' && (await dockerAnswers())) {
      try {
        return await startKind('docker', asked);
      } catch (error) {
        // An engine without images and without a registry, as on many a CI machine, is as good as none.
        asked.onProgress?.(`Docker answers, but its stack did not come up: ${(error as Error).message}. Going native`);
      }
    }
    return startKind('native', asked);
  });
}

async function startKind(kind: OwnKind, options: StackOptions): Promise<Stack> {
  const last = lastKind(options.dataDir);
  if (options.fresh) await forgetData(last ?? kind, options.dataDir);
  else if (last && last !== kind) {
    options.onProgress?.(
      `The data of the last start stays with the ${last} stack (--stack ${last}); this one is ${kind}`,
    );
  }
  const stack = await START[kind](options);
  noteKind(options.dataDir, kind);
  return stack;
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

/** Loaded when chosen: the container library alone takes a second. */
const START: Record<OwnKind, (options: StackOptions) => Promise<Stack>> = {
  docker: async (options) => (await import('./docker/docker-stack.js')).startDocker(options),
  native: async (options) => (await import('./native/native-stack.js')).startNative(options),
};

/** What the caller or MILEPOST_STACK insists on. */
function forcedKind({ kind }: StackOptions): StackKind | undefined {
  const wanted = kind ?? process.env['MILEPOST_STACK'];
  if (!wanted) return undefined;
  if (wanted === 'native' || wanted === 'docker' || wanted === 'external') return wanted;
  throw new Error(`MILEPOST_STACK is ${wanted}; use native, docker or external.`);
}

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
