// Brings up one stack for all tests on real parts, in a folder of its own, and tells them where it is.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default async function setup() {
  if (globalThis.milepostStack) return;
  const { startStack } = await import('../libs/stack/dist/index.js');
  const dataDir = mkdtempSync(join(tmpdir(), 'milepost-test-'));
  const stack = await startStack({ dataDir, onProgress: (line) => process.stderr.write(`${line}\n`) });
  globalThis.milepostStack = { stack, dataDir };
  process.env.KAFKA_BROKERS = stack.addresses.kafka.brokers.join(',');
  process.env.REDIS_URL = stack.addresses.redis.url;
  process.env.CLICKHOUSE_URL = stack.addresses.clickhouse.url;
}
