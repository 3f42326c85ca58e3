import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { freePort, startOwnStack, until } from '@milepost/stack';
import type { Stack } from '@milepost/stack';

export const SERVICES = ['milestones', 'signals', 'warehouse'] as const;
export type Service = (typeof SERVICES)[number];

const ROOT = resolve('.');
const CLI = join(ROOT, 'apps/cli/bin/milepost.mjs');
const run = promisify(execFile);
const READY_MS = 60_000;

/**
 * The whole of Milepost as users run it: the built services as processes of their own, on a stack of their own. A
 * service that ends is started again, as any supervisor would.
 */
export class Deployment {
  private readonly children = new Map<Service, ChildProcess>();
  private readonly ports = new Map<Service, number>();
  private stopping = false;

  private constructor(
    readonly stack: Stack,
    private readonly folder: string,
    private readonly env: Record<string, string>,
  ) {}

  static async start(settings: Record<string, string> = {}): Promise<Deployment> {
    const folder = mkdtempSync(join(tmpdir(), 'milepost-e2e-'));
    const stack = await startOwnStack({ dataDir: folder });
    const { kafka, redis, clickhouse } = stack.addresses;
    const deployment = new Deployment(stack, folder, {
      KAFKA_BROKERS: kafka.brokers.join(','),
      REDIS_URL: redis.url,
      CLICKHOUSE_URL: clickhouse.url,
      PLAN_DIR: join(ROOT, 'plan'),
      ...settings,
    });
    await deployment.cli('setup');
    for (const service of SERVICES) {
      deployment.ports.set(service, await freePort());
      deployment.spawn(service);
    }
    for (const service of SERVICES) await deployment.ready(service);
    return deployment;
  }

  /** Runs a command of the CLI; what it printed. */
  async cli(...args: string[]): Promise<string> {
    const { stdout } = await run(process.execPath, [CLI, ...args], {
      env: { ...process.env, ...this.env, NODE_OPTIONS: '' },
      maxBuffer: 1 << 28,
    });
    return stdout;
  }

  /** Ends a service without warning; it is started again at once. */
  kill(service: Service): void {
    this.children.get(service)?.kill('SIGKILL');
  }

  async ready(service: Service): Promise<void> {
    await until(service, () => this.answers(service), READY_MS);
  }

  url(service: Service): string {
    return `http://127.0.0.1:${this.ports.get(service)}`;
  }

  log(service: Service): string {
    return join(this.folder, `${service}.log`);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all([...this.children.values()].map(endPolitely));
    await this.stack.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async answers(service: Service): Promise<void> {
    const response = await fetch(`${this.url(service)}/health/ready`);
    if (!response.ok) throw new Error(await response.text());
  }

  private spawn(service: Service): void {
    const log = openSync(this.log(service), 'a');
    const env = { ...process.env, ...this.env, PORT: String(this.ports.get(service)), NODE_OPTIONS: '' };
    const child = spawn(process.execPath, [join(ROOT, `apps/${service}/dist/main.js`)], {
      stdio: ['ignore', log, log],
      env,
    });
    this.children.set(service, child);
    child.once('exit', () => {
      if (!this.stopping) this.spawn(service);
    });
  }
}

function endPolitely(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    const force = setTimeout(() => child.kill('SIGKILL'), 20_000);
    child.once('exit', () => {
      clearTimeout(force);
      done();
    });
    child.kill('SIGTERM');
  });
}
