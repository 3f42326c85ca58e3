import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PARTS, RUN_FOLDER } from './stack.js';
import type { StackKind } from './stack.js';

/** Removes the data of the three parts, and the notes of what was done with it. Ports, logs and tools stay. */
export async function forgetData(kind: StackKind, dataDir: string): Promise<void> {
  for (const name of [...PARTS, RUN_FOLDER]) {
    await rm(join(dataDir, name), { recursive: true, force: true, maxRetries: 3 });
  }
  if (kind === 'docker') await (await import('./docker/data-volumes.js')).removeVolumes(dataDir);
}
