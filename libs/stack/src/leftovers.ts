import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { forgetIdentity, livingProcess } from './process-identity.js';

const POLITE_MS = 10_000;

/**
 * Ends what a crashed start left running: the processes named by the `.pid` files of a folder, if they are those very
 * ones. Before ports are chosen, because leftovers hold those of last time.
 */
export async function endLeftovers(folders: string[]): Promise<void> {
  await Promise.all(folders.flatMap(pidFiles).map(endLeftover));
}

async function endLeftover(pidFile: string): Promise<void> {
  const began = Date.now();
  for (let pid = livingProcess(pidFile); pid !== null; pid = livingProcess(pidFile)) {
    // Politely at first: a broker that closes its logs need not recover them.
    process.kill(pid, Date.now() - began < POLITE_MS ? 'SIGTERM' : 'SIGKILL');
    await new Promise((done) => setTimeout(done, 100));
  }
  forgetIdentity(pidFile);
}

function pidFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.pid'))
      .map((name) => join(folder, name));
  } catch {
    return []; // No such folder: a first start.
  }
}
