import { dockerAnswers, startDocker } from './docker-stack.js';
import { startNative } from './native/native-stack.js';
import type { Stack, StackAddresses, StackKind, StackOptions } from './stack.js';

/** Kafka, Redis and ClickHouse from the first source that has them: external, docker, native. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const external = externalAddresses();
  const kind = options.kind ?? (external ? 'external' : (await dockerAnswers()) ? 'docker' : 'native');
  const start: Record<StackKind, () => Promise<Stack>> = {
    external: () => Promise.resolve(useExternal(external)),
    docker: () => startDocker(options),
    native: () => startNative(options),
  };
  return start[kind]();
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
