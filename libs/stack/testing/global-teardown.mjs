import { rm } from 'node:fs/promises';

/** Ends what global-setup.mjs started, and removes its data. */
export default async function stopTestStack() {
  if (!globalThis.milepostTestStack) return;
  const { stack, dataDir } = globalThis.milepostTestStack;
  await stack.stop();
  // Containers write as other users; a leftover in the temporary folder is no fault of the tests.
  await rm(dataDir, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
}
