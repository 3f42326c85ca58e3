import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { serviceCommand, until } from '@milepost/stack';

export const SERVICES = ['milestones', 'signals', 'warehouse'] as const;
export type Service = (typeof SERVICES)[number];
/** Runs beside them where a test asks it. */
export type Served = Service | 'insights';

export const ROOT = resolve('.');
const READY_MS = 60_000;
const PATIENCE_MS = 20_000;

export interface Readiness {
  status: string;
  checks: Record<string, { status: 'up' | 'down'; detail: string }>;
}

/** One service as a supervisor runs it: a process that ends without being asked to is started again. */
export class Instance<S extends Served = Service> {
  private child: ChildProcess | undefined;
  private wanted = false;

  constructor(
    readonly service: S,
    private readonly port: number,
    private readonly env: Record<string, string>,
    readonly log: string,
    /** Where its build is. */
    private readonly root = ROOT,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  start(): void {
    this.wanted = true;
    const log = openSync(this.log, 'a');
    const env = { ...process.env, ...this.env, PORT: String(this.port), NODE_OPTIONS: '' };
    const child = spawn(process.execPath, serviceCommand(this.root, this.service), {
      stdio: ['ignore', log, log],
      env,
    });
    closeSync(log);
    this.child = child;
    // Nothing outlives the tests, however they end.
    const endWithUs = (): boolean => child.kill('SIGKILL');
    process.once('exit', endWithUs);
    child.once('exit', () => {
      process.removeListener('exit', endWithUs);
      if (this.wanted && this.child === child) this.start();
    });
  }

  /** Ends it without warning; it is started again at once. */
  kill(): void {
    this.child?.kill('SIGKILL');
  }

  /** It neither works nor answers, and does not know it. */
  pause(): void {
    this.child?.kill('SIGSTOP');
  }

  resume(): void {
    this.child?.kill('SIGCONT');
  }

  /** Ends for good, with SIGTERM as an operator would, or without warning. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    this.wanted = false;
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise<void>((done) => child.once('exit', () => done()));
    const force = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    child.kill(signal);
    child.kill('SIGCONT');
    await exited;
    clearTimeout(force);
  }

  async readiness(): Promise<Readiness> {
    const response = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(5_000) });
    return (await response.json()) as Readiness;
  }

  async ready(timeoutMs = READY_MS): Promise<void> {
    const answers = async (): Promise<void> => {
      const readiness = await this.readiness();
      if (readiness.status !== 'ready') throw new Error(JSON.stringify(readiness));
    };
    await until(this.service, answers, timeoutMs);
  }
}
