import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { endLeftover } from './native/native-part.js';

/** Removes what the three parts keep in a data directory, and nothing else in it; ports stay. */
export async function forgetData(dataDir: string): Promise<void> {
  for (const name of ['kafka', 'redis', 'clickhouse']) {
    // What a crash left running would write on into the removed folder.
    await endLeftover(join(dataDir, name, `${name}.pid`));
    await rm(join(dataDir, name), { recursive: true, force: true, maxRetries: 3 });
  }
}
