import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * One stack for the whole integration run, on fresh data; or the running one whose stack.json MILEPOST_TEST_STACK
 * names, for quick loops. MILEPOST_STACK forces its kind. Tests read its addresses from the environment, as services do.
 */
export default async function startTestStack() {
  const addresses = process.env.MILEPOST_TEST_STACK ? running(process.env.MILEPOST_TEST_STACK) : await start();
  process.env.KAFKA_BROKERS = addresses.kafka.brokers.join(',');
  process.env.REDIS_URL = addresses.redis.url;
  process.env.CLICKHOUSE_URL = addresses.clickhouse.url;
}

function running(file) {
  if (!existsSync(file))
    throw new Error(`MILEPOST_TEST_STACK names ${file}, which is not there; start a stack or unset it.`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

async function start() {
  const built = join(import.meta.dirname, '../dist/index.js');
  if (!existsSync(built)) throw new Error('The stack is not built; run `npm run build` first.');
  const { forgetData, startStack } = await import(pathToFileURL(built).href);
  const dataDir = await mkdtemp(join(tmpdir(), 'milepost-test-'));
  const stack = await startStack({ dataDir, onProgress: (line) => process.stderr.write(`${line}\n`) });
  globalThis.stopTestStack = async () => {
    await stack.stop();
    await forgetData(stack.kind, dataDir);
    await rm(dataDir, { recursive: true, force: true });
  };
  return stack.addresses;
}
