import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Part } from '../stack.js';

export interface ChildSpec {
  name: string;
  command: string;
  args: string[];
  env?: Record<string, string>;
  dataDir: string;
  /** Resolves when the part answers. */
  ready: () => Promise<void>;
  /** How long a polite end may take before it is forced, milliseconds. */
  patienceMs?: number;
}

/**
 * A server process of a native stack. Its id is kept in a file, so that a start after a crash of ours ends what was
 * left behind; its own process group keeps a Ctrl-C meant for us from ending it before those that use it.
 */
export class Child implements Part {
  private child: ChildProcess | undefined;
  private readonly pidFile: string;

  constructor(private readonly spec: ChildSpec) {
    this.pidFile = join(spec.dataDir, `${spec.name}.pid`);
  }

  pid(): number | undefined {
    return this.child?.pid;
  }

  async start(): Promise<void> {
    const { name, command, args, env, dataDir, ready } = this.spec;
    mkdirSync(dataDir, { recursive: true });
    await this.endLeftover();
    const log = openSync(join(dataDir, `${name}.log`), 'a');
    const child = spawn(command, args, {
      stdio: ['ignore', log, log],
      detached: true,
      env: { ...process.env, ...env },
    });
    this.child = child;
    const failed = new Promise<never>((_, reject) => {
      child.once('error', (error) => reject(new Error(`${name} could not be started: ${error.message}`)));
      child.once('exit', (code) => reject(new Error(`${name} ended (${code}); see ${join(dataDir, `${name}.log`)}`)));
    });
    failed.catch(() => undefined);
    if (child.pid !== undefined) writeFileSync(this.pidFile, String(child.pid));
    await Promise.race([ready(), failed]);
  }

  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise<void>((done) => child.once('exit', () => done()));
    child.kill(signal);
    const force = setTimeout(() => child.kill('SIGKILL'), this.spec.patienceMs ?? 15_000);
    await exited;
    clearTimeout(force);
    rmSync(this.pidFile, { force: true });
  }

  /** Ends the process in the pid file if it is ours: its command line must name our data. */
  private async endLeftover(): Promise<void> {
    let pid: number;
    try {
      pid = Number(readFileSync(this.pidFile, 'utf8'));
      const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      if (!commandLine.includes(this.spec.dataDir)) return;
    } catch {
      return; // No file, or no such process: nothing was left behind.
    }
    process.kill(pid, 'SIGKILL');
    while (isAlive(pid)) await new Promise((done) => setTimeout(done, 50));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
