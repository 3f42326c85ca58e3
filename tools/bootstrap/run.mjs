import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** A program of node_modules, run by this Node: no shell, no search of the path. */
export const bin = (path) => [process.execPath, join(process.cwd(), 'node_modules', path)];

/**
 * Runs a command, and resolves to its exit code. Signals reach it: it is in our process group. Its output is ours as it
 * comes; or, when `held`, in one piece at its end, so that commands side by side can be read.
 */
export function run([program, ...args], { env = {}, held = false } = {}) {
  return new Promise((done) => {
    const output = held ? 'pipe' : 'inherit';
    const child = spawn(program, args, { stdio: ['ignore', output, output], env: { ...process.env, ...env } });
    const parts = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => parts.push(part));
    child.once('error', (error) => {
      console.error(`${program} could not be run: ${error.message}`);
      done(1);
    });
    child.once('close', (code) => {
      process.stdout.write(Buffer.concat(parts));
      done(code ?? 1);
    });
  });
}
