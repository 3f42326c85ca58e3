import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { forgetIdentity, writeIdentity } from '../process-identity.js';
import type { Part } from '../stack.js';

export interface NativePartSpec {
  name: string;
  command: string;
  args: string[];
  env?: Record<string, string>;
  /** Its log and process id. */
  dir: string;
  /** Resolves when the part answers. */
  ready: () => Promise<void>;
  /** How long a polite end may take before it is forced, milliseconds. */
  patienceMs?: number;
  /** Told when it ends and nobody asked it to. */
  onLost: (line: string) => void;
}

/**
 * A server process of a native stack, in a process group of its own: a Ctrl-C meant for us must not end it before
 * those that use it. Its identity is kept in a file, so that a start after a crash of ours ends what was left behind.
 */
export class NativePart implements Part {
  private child: ChildProcess | undefined;
  private ending = false;
  private readonly pidFile: string;
  private readonly logFile: string;

  constructor(private readonly spec: NativePartSpec) {
    this.pidFile = join(spec.dir, `${spec.name}.pid`);
    this.logFile = join(spec.dir, `${spec.name}.log`);
  }

  pid(): number | undefined {
    return this.running ? this.child?.pid : undefined;
  }

  async start(): Promise<void> {
    if (this.running) return;
    const { name, command, args, env, dir, ready, onLost } = this.spec;
    mkdirSync(dir, { recursive: true });
    const log = openSync(this.logFile, 'a');
    const child = spawn(command, args, {
      stdio: ['ignore', log, log],
      detached: true,
      env: { ...process.env, ...env },
    });
    closeSync(log);
    this.child = child;
    this.ending = false;
    // A process that ends without stopping its stack takes the parts with it.
    const endWithUs = (): boolean => child.kill('SIGTERM');
    process.once('exit', endWithUs);
    let up = false;
    const failed = new Promise<never>((_, reject) => {
      child.once('error', (error) => reject(new Error(`${name} could not be started: ${error.message}`)));
      child.once('exit', (code, signal) => {
        process.removeListener('exit', endWithUs);
        const why = `${name} ended by itself (${signal ?? code}); see ${this.logFile}`;
        if (up && !this.ending) onLost(why);
        reject(new Error(`${why}\n${this.lastLines()}`));
      });
    });
    failed.catch(() => undefined);
    if (child.pid !== undefined) writeIdentity(this.pidFile, child.pid);
    try {
      await Promise.race([ready(), failed]);
      up = true;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  private get running(): boolean {
    return this.child?.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (!child || !this.running) return;
    this.ending = true;
    const exited = new Promise<void>((done) => child.once('exit', () => done()));
    child.kill(signal);
    const force = setTimeout(() => child.kill('SIGKILL'), this.spec.patienceMs ?? 10_000);
    await exited;
    clearTimeout(force);
    forgetIdentity(this.pidFile);
  }

  private lastLines(): string {
    return readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-5).join('\n');
  }
}
