import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort, startOwnStack } from '@milepost/stack';
import type { Stack } from '@milepost/stack';
import { Instance, ROOT, SERVICES } from './instance.js';
import type { Served, Service } from './instance.js';
import { copyPlan } from './plan-copy.js';

export { SERVICES } from './instance.js';
export type { Service } from './instance.js';

const CLI = join(ROOT, 'apps/cli/bin/milepost.mjs');
const run = promisify(execFile);

/** Runs a command of the CLI; what it printed. */
export async function milepost(env: Record<string, string>, ...args: string[]): Promise<string> {
  const options = { env: { ...process.env, ...env, NODE_OPTIONS: '' }, maxBuffer: 1 << 28 };
  try {
    return (await run(process.execPath, [CLI, ...args], options)).stdout;
  } catch (error) {
    // What it found wrong stands in what it printed.
    const { message, stdout } = error as Error & { stdout?: string };
    throw new Error(`${message}\n${(stdout ?? '').slice(0, 4_000)}`, { cause: error });
  }
}

/**
 * The whole of Milepost as users run it: the built services as processes of their own, on a stack of their own. A
 * service that ends is started again, as any supervisor would.
 */
export class Deployment {
  private readonly instances = new Map<Served, Instance<Served>>();

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
      PLAN_DIR: copyPlan(join(folder, 'plan')),
      ...settings,
    });
    await deployment.cli('setup');
    for (const service of SERVICES) await deployment.run(service);
    for (const service of SERVICES) await deployment.ready(service);
    return deployment;
  }

  /** The API over what ClickHouse holds by now, once it answers; its address. */
  async insights(): Promise<string> {
    const instance = await this.run('insights');
    await instance.ready();
    return instance.url;
  }

  private async run(service: Served): Promise<Instance<Served>> {
    const instance = new Instance(service, await freePort(), this.env, join(this.folder, `${service}.log`));
    this.instances.set(service, instance);
    instance.start();
    return instance;
  }

  cli(...args: string[]): Promise<string> {
    return milepost(this.env, ...args);
  }

  /** Ends a service without warning; it is started again at once. */
  kill(service: Service): void {
    this.instances.get(service)!.kill();
  }

  ready(service: Service, timeoutMs?: number): Promise<void> {
    return this.instances.get(service)!.ready(timeoutMs);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.instances.values()].map((instance) => instance.stop()));
    await this.stack.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
