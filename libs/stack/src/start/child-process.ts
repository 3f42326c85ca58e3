import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';

export interface ChildSpec {
  args: string[];
  cwd: string;
  env: Record<string, string>;
  logFile: string;
}

/** A Node process whose output goes to a log. In a group of its own: a Ctrl-C is passed on in our order, not at once. */
export function spawnNode({ args, cwd, env, logFile }: ChildSpec, output: 'log' | 'pipe' = 'log'): ChildProcess {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a');
  // Without the options of the caller (a test runner's, a debugger's port) that are not for it.
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', output === 'pipe' ? 'pipe' : log, log],
    detached: true,
  });
  closeSync(log);
  // Ended without goodbye, we take it along.
  const endWithUs = (): boolean => child.kill('SIGTERM');
  process.once('exit', endWithUs);
  child.once('exit', () => process.removeListener('exit', endWithUs));
  return child;
}

export const hasEnded = (child: ChildProcess): boolean =>
  child.pid === undefined || child.exitCode !== null || child.signalCode !== null;

/** Asks it to end, waits, and forces it after `patienceMs`. */
export async function endChild(child: ChildProcess, patienceMs: number): Promise<void> {
  if (hasEnded(child)) return;
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await exited;
  clearTimeout(force);
}

export class CommandFailed extends Error {}

/** Runs it to its end, telling its lines as they come; an error tells the exit and where to read. */
export async function runToEnd(
  spec: ChildSpec,
  what: string,
  { onSpawn, onLine }: { onSpawn: (child: ChildProcess) => void; onLine: (line: string) => void },
): Promise<void> {
  const child = spawnNode(spec, 'pipe');
  onSpawn(child);
  createInterface({ input: child.stdout! }).on('line', onLine);
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  if (code !== 0) {
    const last = readFileSync(spec.logFile, 'utf8').trimEnd().split('\n').slice(-5).join('\n  ');
    throw new CommandFailed(`${what} failed (${code ?? 'ended by a signal'}); its log is ${spec.logFile}:\n  ${last}`);
  }
}
