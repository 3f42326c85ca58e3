import { join } from 'node:path';
import { migrate } from '@milepost/clickhouse';
import { PARTITIONS, TOPICS } from '@milepost/contracts';
import { deploymentTopics } from '@milepost/onboarding';
import { loadPlanFolder } from '@milepost/platform';
import { createTopics } from '@milepost/runtime';
import { freePort, until } from '@milepost/stack';
import { milepost } from '../deployment.js';
import { Instance, ROOT, SERVICES } from '../instance.js';
import type { Service } from '../instance.js';
import { Feed } from './feed.js';
import type { Load } from './load.js';
import { Positions } from './positions.js';
import type { World } from './world.js';

/** Partitions of all that a service reads. */
const READS: Record<Service, number> = { milestones: PARTITIONS, signals: PARTITIONS, warehouse: 4 * PARTITIONS };
const RECOVERY_MS = 120_000;
const SETTLE_MS = 240_000;
const HOUR = 3_600_000_000;
const POLL_MS = 20;

/** Shorter than in production, so that a run is short: the session timeout is the least that Kafka takes. */
const SETTINGS = { KAFKA_SESSION_TIMEOUT_MS: '6000', IDLE_AFTER_MS: '4000', CLOCK_INTERVAL_MS: '1000' };

export interface RunOptions {
  load: Load;
  /** Environment of the services, on top of where things are. */
  settings?: Record<string, string>;
}

/** The services at work on a load, for one fault. */
export class FaultRun {
  readonly services = {} as Record<Service, Instance>;
  /** How long each recovery took, seconds. */
  readonly recoveries: number[] = [];
  private readonly all: Instance[] = [];

  private constructor(
    readonly world: World,
    readonly prefix: string,
    readonly load: Load,
    readonly env: Record<string, string>,
    readonly feed: Feed,
    readonly positions: Positions,
  ) {}

  /** Topics and tables; the services are not started yet. */
  static async prepare(world: World, { load, settings = {} }: RunOptions): Promise<FaultRun> {
    const prefix = world.nextPrefix();
    const { kafka, redis, clickhouse } = world.stack.addresses;
    const env = {
      KAFKA_BROKERS: kafka.brokers.join(','),
      REDIS_URL: redis.url,
      CLICKHOUSE_URL: clickhouse.url,
      PLAN_DIR: join(ROOT, 'plan'),
      TOPIC_PREFIX: `${prefix}.`,
      GROUP_PREFIX: prefix,
      ...SETTINGS,
      ...settings,
    };
    const topics = deploymentTopics(loadPlanFolder(env.PLAN_DIR));
    await createTopics(
      world.kafka,
      topics.map((topic) => ({ ...topic, name: `${prefix}.${topic.name}` })),
      1,
    );
    await world.clickhouse.command({ query: 'DROP DATABASE IF EXISTS milepost SYNC' });
    await migrate(world.clickhouse);
    const feed = new Feed(world.kafka, `${prefix}.${TOPICS.events}`, load.arrivals);
    return new FaultRun(world, prefix, load, env, feed, new Positions(world.admin, world.redis, prefix));
  }

  async startServices(): Promise<void> {
    for (const service of SERVICES) this.services[service] = await this.join(service);
    await Promise.all(this.all.map((instance) => instance.ready()));
  }

  /** One more instance of a service; not awaited. */
  async join(service: Service, more: Record<string, string> = {}, root?: string): Promise<Instance> {
    const log = join(this.world.folder, `${this.prefix}-${service}-${this.all.length}.log`);
    const instance = new Instance(service, await freePort(), { ...this.env, ...more }, log, root);
    this.all.push(instance);
    instance.start();
    return instance;
  }

  /** Ends at a moment of its own while the service works: after some more records, or between its two commits. */
  async randomMoment(service: Service, random = Math.random()): Promise<void> {
    const began = Date.now();
    const start = await this.positions.done(service);
    const more = random * 500;
    for (;;) {
      const { sum, pending } = await this.positions.done(service);
      // Between the two commits of a batch nothing is certain yet: the best moment for a crash.
      const between = service === 'warehouse' ? pending > 0 : (await this.positions.stored(service)) > sum;
      if (sum - start.sum >= more && (between || random > 0.5)) return;
      if (Date.now() - began > 3_000) return;
      await new Promise((done) => setTimeout(done, POLL_MS));
    }
  }

  /** Ended as an operator would, and started again: it reads its configuration anew. */
  async restart(service: Service): Promise<void> {
    const instance = this.services[service];
    await instance.stop();
    instance.start();
    await instance.ready();
  }

  /** How long services take, from now on, to be ready and to have done all that was there, and something new. */
  async recovery(services: readonly Service[] = SERVICES): Promise<number> {
    const began = Date.now();
    await Promise.all(services.map((service) => this.recovered(service)));
    const seconds = (Date.now() - began) / 1000;
    this.recoveries.push(seconds);
    return seconds;
  }

  private async recovered(service: Service): Promise<void> {
    const ends = await until('Kafka', () => this.positions.ends(service), RECOVERY_MS);
    const before = await until('Kafka', () => this.positions.done(service), RECOVERY_MS);
    const check = async (): Promise<void> => {
      await this.services[service].ready(0);
      await this.positions.requireUpTo(service, ends);
      const { sum } = await this.positions.done(service);
      if (sum <= before.sum) throw new Error(`${service} has done nothing since`);
    };
    await until(`${service}, its recovery,`, check, RECOVERY_MS);
  }

  /** Waits until a service says that it is not ready; what it says. */
  notReady(service: Service, timeoutMs = 30_000): Promise<string> {
    const check = async (): Promise<string> => {
      const { status, checks } = await this.services[service].readiness();
      if (status === 'ready') throw new Error('it is ready');
      const down = Object.values(checks).filter((one) => one.status === 'down');
      return down.map(({ detail }) => detail).join(' ');
    };
    return until(`${service}, its readiness,`, check, timeoutMs);
  }

  /** Waits until one instance owns every partition: there is none beside it, or Kafka has given it up. */
  ownsAll(instance: Instance): Promise<void> {
    const all = READS[instance.service];
    const check = async (): Promise<void> => {
      const { detail } = (await instance.readiness()).checks['partitions']!;
      if (detail !== `${all} of ${all} partitions taken`) throw new Error(detail);
    };
    return until(`${instance.service} as the only owner`, check, RECOVERY_MS);
  }

  /** Everything that was sent is taken in, judged up to this moment and written. */
  async settle(): Promise<void> {
    for (const service of SERVICES) await this.services[service].ready(SETTLE_MS);
    const instant = Date.now() * 1000;
    await this.upToEnd('milestones');
    await this.upToEnd('signals');
    // No deadline of a load falls into the hours around its run.
    await until('stream time', () => this.positions.requireJudged(instant, instant + HOUR), SETTLE_MS);
    for (const service of SERVICES) await this.upToEnd(service);
  }

  private async upToEnd(service: Service): Promise<void> {
    const ends = await this.positions.ends(service);
    await until(service, () => this.positions.requireUpTo(service, ends), SETTLE_MS);
  }

  /** What `milepost reconcile` finds wrong. */
  async reconcile(): Promise<string[]> {
    const report = JSON.parse(await milepost(this.env, 'reconcile', '--json')) as { problems: string[] };
    return report.problems;
  }

  async stop(): Promise<void> {
    await this.feed.close();
    await Promise.all(this.all.map((instance) => instance.stop()));
  }
}
