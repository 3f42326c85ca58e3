import { createInterface } from 'node:readline/promises';
import { UsageError } from './connections.js';

/** Asks whoever sits at a terminal. A script has nobody to ask, and says `--yes` when it has decided. */
export async function confirmed(what: string, { yes }: { yes: boolean }): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) throw new UsageError(`${what} There is no terminal to ask at: give --yes to go on.`);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await lines.question(`${what} Go on? [y/N] `);
  lines.close();
  if (/^y(es)?$/i.test(answer.trim())) return true;
  process.stderr.write('Nothing was done.\n');
  return false;
}
