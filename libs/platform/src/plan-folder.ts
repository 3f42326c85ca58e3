import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The plan's files, as the pure plan library wants them. */
export function readPlanFiles(folder: string): { path: string; text: string }[] {
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => ({ path: join(folder, name), text: readFileSync(join(folder, name), 'utf8') }));
}
