import { createInterface } from 'node:readline/promises';

/** Asks whoever sits at a terminal; a script has decided already. */
export async function confirmed(what: string, { yes }: { yes: boolean }): Promise<boolean> {
  if (yes || !process.stdin.isTTY) return true;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await lines.question(`${what} Go on? [y/N] `);
  lines.close();
  if (/^y(es)?$/i.test(answer.trim())) return true;
  process.stderr.write('Nothing was done.\n');
  return false;
}
