import { linkSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { livingProcess, writeIdentity } from './process-identity.js';

/** Somebody else runs a stack on this data. */
export class DataDirInUse extends Error {}

/** Takes a data directory for this process, or says who has it. Returns how to give it back. */
export function lockDataDir(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const lock = join(resolve(dataDir), 'stack.lock');
  const claim = `${lock}.${process.pid}`;
  writeIdentity(claim, process.pid);
  try {
    // A hard link appears whole or not at all, so two that start together cannot both have it.
    for (let tries = 0; !tryLink(claim, lock); tries++) {
      const owner = livingProcess(lock);
      if (owner !== null || tries > 3) {
        throw new DataDirInUse(
          `Process ${owner ?? 'of another start'} runs on ${dataDir}; stop it, or use another --data.`,
        );
      }
      rmSync(lock, { force: true });
    }
  } finally {
    rmSync(claim, { force: true });
  }
  return () => rmSync(lock, { force: true });
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
