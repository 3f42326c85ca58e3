import { renameSync, rmSync, writeFileSync } from 'node:fs';
import type { StackAddresses } from '../stack.js';

/** `stack.json`: where any other process finds things while this start runs. */
export interface StackFile extends StackAddresses {
  services: Record<string, { url: string }>;
}

/** Replaced whole: a reader never sees half a file. */
export function writeStackFile(path: string, content: StackFile): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(content, null, 2)}\n`);
  renameSync(`${path}.new`, path);
}

export function removeStackFile(path: string): void {
  rmSync(path, { force: true });
}
