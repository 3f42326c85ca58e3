import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RUN_FOLDER } from './stack.js';
import type { StackKind } from './stack.js';

export type OwnKind = Exclude<StackKind, 'external'>;

/** Which kind of stack holds the data of a directory: each keeps it where the others do not look. */
export function lastKind(dataDir: string): OwnKind | null {
  try {
    const kind = readFileSync(join(dataDir, RUN_FOLDER, 'kind'), 'utf8');
    return kind === 'docker' || kind === 'native' ? kind : null;
  } catch {
    return null; // A first start.
  }
}

export function noteKind(dataDir: string, kind: OwnKind): void {
  mkdirSync(join(dataDir, RUN_FOLDER), { recursive: true });
  writeFileSync(join(dataDir, RUN_FOLDER, 'kind'), kind);
}
