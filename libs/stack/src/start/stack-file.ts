import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { StackAddresses } from '../stack.js';

/** `stack.json`: where any other process finds things while this start runs. */
export interface StackFile extends StackAddresses {
  services: Record<string, { url: string }>;
}

/** In each place where somebody looks for it. Of two starts that share a place the later one is found there. */
export class StackFiles {
  private written = '';

  constructor(private readonly paths: readonly string[]) {}

  /** Replaced whole: a reader never sees half a file. */
  write(content: StackFile): void {
    this.written = `${JSON.stringify(content, null, 2)}\n`;
    for (const path of this.paths) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.new`, this.written);
      renameSync(`${path}.new`, path);
    }
  }

  /** What another start has put in a place since stays there. */
  remove(): void {
    for (const path of this.paths) {
      if (existsSync(path) && readFileSync(path, 'utf8') === this.written) rmSync(path);
    }
  }
}
