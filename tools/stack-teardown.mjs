import { rmSync } from 'node:fs';

export default async function teardown() {
  const { stack, dataDir } = globalThis.milepostStack ?? {};
  globalThis.milepostStack = undefined;
  await stack?.stop();
  if (dataDir) rmSync(dataDir, { recursive: true, force: true });
}
