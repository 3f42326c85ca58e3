import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** A program of node_modules, run by this Node: no shell, no search of the path. */
export const bin = (path) => [process.execPath, join(process.cwd(), 'node_modules', path)];

/** Runs a command with our output, and resolves to its exit code. Signals reach it: it is in our process group. */
export function run([program, ...args], env = {}) {
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } });
    child.once('error', (error) => {
      console.error(`${program} could not be run: ${error.message}`);
      done(1);
    });
    child.once('exit', (code) => done(code ?? 1));
  });
}
