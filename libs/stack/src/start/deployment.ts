import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endLeftovers } from '../leftovers.js';
import { WORKSPACE } from '../paths.js';
import { rememberedPorts } from '../remembered-ports.js';
import { serviceCommand } from '../service-command.js';
import { startStack } from '../start-stack.js';
import { RUN_FOLDER } from '../stack.js';
import type { Stack } from '../stack.js';
import { CommandFailed, endChild, runToEnd } from './child-process.js';
import { KeptRunning } from './keep-running.js';
import type { Recovery } from './keep-running.js';
import type { StartOptions } from './options.js';
import { waitUntilReady, whyNotReady } from './service-health.js';
import { StackFiles } from './stack-file.js';

export const SERVICES = ['milestones', 'signals', 'warehouse', 'insights'] as const;
/** On the loopback everyone is let in, unless keys are asked for. */
const OWN_ENV: Record<string, Record<string, string>> = {
  insights: { API_AUTH: process.env['API_KEYS_FILE'] ? 'keys' : 'off', SNAPSHOT_INTERVAL_MS: '15000' },
};
/** Read from Kafka as members of a group. Insights asks ClickHouse. */
const IN_GROUPS = new Set<string>(['milestones', 'signals', 'warehouse']);
/** KAFKA_SESSION_TIMEOUT_MS, unless somebody has set another. */
const GROUP_WAIT =
  'It may take some 30 s until it works again: Kafka gives its partitions out anew once its old membership has run out';
const CLI = join(WORKSPACE, 'apps/cli/bin/milepost.mjs');
const LIVE_FEED = 'live-feed';

/** Stopped while starting: not a fault. */
export class Stopped extends Error {}

/** Everything that `npm start` runs, in the order in which it needs each other; stopped the other way round. */
export class Deployment {
  stack: Stack | undefined;
  readonly services: Record<string, { url: string }> = {};
  private readonly kept: KeptRunning[] = [];
  private oneShot: ChildProcess | undefined;
  private stopping = false;
  /** In the data directory, and where commands and examples look: of two starts they speak to the later one. */
  private readonly stackFiles: StackFiles;
  private readonly runDir: string;
  private env: Record<string, string> = {};

  constructor(
    private readonly options: StartOptions,
    private readonly say: (line: string) => void,
  ) {
    const folders = new Set([options.dataDir, join(WORKSPACE, '.milepost')]);
    this.stackFiles = new StackFiles([...folders].map((folder) => join(folder, 'stack.json')));
    this.runDir = join(options.dataDir, RUN_FOLDER);
  }

  async start(): Promise<void> {
    const { dataDir, fresh, kind, sample } = this.options;
    this.stack = await startStack({ kind, dataDir, fresh, onProgress: this.say });
    mkdirSync(this.runDir, { recursive: true });
    await endLeftovers([this.runDir]);
    const { kafka, redis, clickhouse } = this.stack.addresses;
    this.env = {
      KAFKA_BROKERS: kafka.brokers.join(','),
      REDIS_URL: redis.url,
      CLICKHOUSE_URL: clickhouse.url,
      PLAN_DIR: process.env['PLAN_DIR'] ?? join(WORKSPACE, 'plan'),
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'info',
    };
    if (fresh && this.stack.kind === 'external') this.say('An external stack keeps its data: it is not ours to forget');
    this.say(`The stack is up (${this.stack.kind})`);
    this.publishAddresses();
    await this.command('Creating topics and migrating ClickHouse', 'setup');
    await this.startServices();
    if (sample) await this.feedSample().catch((error: Error) => this.goOnWithout(error));
  }

  /** Ends a one-shot command that is at work, so that a start under way comes to its end. */
  interrupt(): void {
    this.stopping = true;
    if (this.oneShot) void endChild(this.oneShot, 5_000);
  }

  async stop(): Promise<void> {
    this.interrupt();
    const feed = this.kept.filter(({ name }) => name === LIVE_FEED);
    const services = this.kept.filter(({ name }) => name !== LIVE_FEED);
    await Promise.all(feed.map((one) => one.stop(5_000)));
    if (services.length > 0) this.say('Stopping the services');
    await Promise.all(services.map((one) => one.stop(20_000)));
    if (!this.stack) return;
    this.stackFiles.remove();
    this.say('Stopping Kafka, Redis and ClickHouse');
    await this.stack.stop();
  }

  private async startServices(): Promise<void> {
    const file = join(this.options.dataDir, 'service-ports.json');
    const ports = await rememberedPorts(file, SERVICES, { onMoved: this.say });
    this.say(`Starting ${SERVICES.join(', ')}`);
    for (const name of SERVICES) {
      this.services[name] = { url: `http://127.0.0.1:${ports[name]}` };
      const env = { PORT: String(ports[name]), HOST: '127.0.0.1', ...OWN_ENV[name] };
      this.keep(name, serviceCommand(WORKSPACE, name), env, this.recoveryOf(name));
    }
    this.publishAddresses();
    await waitUntilReady(this.services, { say: this.say, stopped: () => this.stopping });
    this.check();
  }

  private async feedSample(): Promise<void> {
    // Each kind keeps its data elsewhere; an external one may be another next time.
    const { kind, addresses } = this.stack!;
    const fed = kind === 'external' ? JSON.stringify(addresses) : kind;
    if (!existsSync(this.sampleMarker) || readFileSync(this.sampleMarker, 'utf8') !== fed) {
      await this.command('Feeding the sample company', 'simulate');
      writeFileSync(this.sampleMarker, fed);
    }
    this.keep(LIVE_FEED, [CLI, 'simulate', '--live'], {}, null);
    this.say('A live trickle of events is under way');
  }

  /** Without its sample company Milepost still runs; the next start tries again. */
  private goOnWithout(error: Error): void {
    if (!(error instanceof CommandFailed)) throw error;
    this.say(error.message);
  }

  private get sampleMarker(): string {
    return join(this.runDir, 'sample-fed');
  }

  private async command(what: string, ...args: string[]): Promise<void> {
    this.check();
    this.say(what);
    try {
      await runToEnd({ args: [CLI, ...args], cwd: WORKSPACE, env: this.env, logFile: this.logFile(args[0]!) }, what, {
        onSpawn: (child) => (this.oneShot = child),
        onLine: (line) => this.say(`  ${line}`),
      });
    } catch (error) {
      this.check(); // Ended because we ended it.
      throw error;
    } finally {
      this.oneShot = undefined;
    }
    this.check();
  }

  private recoveryOf(name: string): Recovery {
    const { url } = this.services[name]!;
    return { isReady: async () => (await whyNotReady(url)) === null, waitsFor: IN_GROUPS.has(name) ? GROUP_WAIT : '' };
  }

  private keep(name: string, args: string[], env: Record<string, string>, recovery: Recovery | null): void {
    this.check();
    const spec = { args, cwd: WORKSPACE, env: { ...this.env, ...env }, logFile: this.logFile(name) };
    const child = new KeptRunning({ name, spec, runDir: this.runDir, say: this.say, recovery });
    this.kept.push(child);
    child.start();
  }

  private logFile(name: string): string {
    return join(this.options.dataDir, 'logs', `${name}.log`);
  }

  private publishAddresses(): void {
    this.stackFiles.write({ ...this.stack!.addresses, services: this.services });
  }

  private check(): void {
    if (this.stopping) throw new Stopped();
  }
}
