// A service as `npm start` runs it, watched from outside.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { PARTITIONS } from '../../libs/contracts/dist/index.js';
import { serviceCommand } from '../../libs/stack/dist/index.js';
import { Pace } from './kafka.mjs';

const { Redis } = createRequire(new URL('../../libs/runtime/package.json', import.meta.url))('ioredis');
const WORKSPACE = fileURLToPath(new URL('../..', import.meta.url));
const POLL_MS = 20;
const CLOCK_TICKS = 100;

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** What any part of the product is told of a deployment. `name` keeps deployments in one stack apart. */
export const environment = ({ kafka, redis, clickhouse }, name) => ({
  ...process.env,
  KAFKA_BROKERS: kafka.brokers.join(','),
  REDIS_URL: redis.url,
  CLICKHOUSE_URL: clickhouse.url,
  PLAN_DIR: 'plan',
  TOPIC_PREFIX: name ? `${name}.` : '',
  GROUP_PREFIX: name || 'milepost',
});

export const prefixOf = (name) => (name ? `${name}.` : '');

/** Creates a deployment's topics and migrates ClickHouse. */
export async function setUp(addresses, name) {
  const child = spawn(process.execPath, ['apps/cli/bin/milepost.mjs', 'setup'], {
    cwd: WORKSPACE,
    env: environment(addresses, name),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise((done) => child.once('exit', done));
  if (code !== 0) throw new Error('milepost setup failed; see above.');
}

/** CPU seconds of a process so far, by the kernel's account; null where it keeps none that we can read. */
function cpuSecondsOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS;
  } catch {
    return null;
  }
}

export class Service {
  constructor(service, addresses, name, { profile = false, settings = {} } = {}) {
    this.service = service;
    const flags = profile ? ['--cpu-prof', `--cpu-prof-dir=${WORKSPACE}/.milepost/profiles`] : [];
    this.child = spawn(process.execPath, [...flags, ...serviceCommand('.', service)], {
      cwd: WORKSPACE,
      env: { ...environment(addresses, name), PORT: '0', LOG_LEVEL: 'warn', ...settings },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  }

  get cpuSeconds() {
    return cpuSecondsOf(this.child.pid);
  }

  requireRunning() {
    if (this.child.exitCode === null && this.child.signalCode === null) return;
    throw new Error(`The ${this.service} service ended; see above.`);
  }

  async stop() {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((done) => this.child.once('exit', done));
    this.child.kill('SIGTERM');
    await gone;
  }
}

/** What Redis holds of a topology's partitions, summed: a field of `meta` that is a number. */
export async function storedSum(redis, name, topology, field) {
  const asked = redis.pipeline();
  for (let partition = 0; partition < PARTITIONS; partition++)
    asked.hget(`${name || 'milepost'}:{${topology}:${partition}}:meta`, field);
  return (await asked.exec()).reduce((sum, [, value]) => sum + Number(value ?? 0), 0);
}

/**
 * Runs instances of a topology's service until they have stored `total`, by a count that they keep with the state.
 * Returns the rate after the warm-up, and CPU seconds for a million: of the instances, and of the `parts` of the stack
 * that they work with.
 */
export async function throughService(service, options) {
  const { addresses, name, total, warmUp, instances = 1, counting = 'records', parts = {}, ...rest } = options;
  const redis = new Redis(addresses.redis.url);
  const services = Array.from({ length: instances }, () => new Service(service, addresses, name, rest));
  const pace = new Pace(total, warmUp);
  const cpu = () => ({
    service: services.reduce((sum, { cpuSeconds }) => sum + (cpuSeconds ?? NaN), 0),
    ...Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, cpuSecondsOf(part.pid()) ?? NaN])),
  });
  let before = null;
  try {
    while (!pace.at(await storedSum(redis, name, service, `t:${counting}`))) {
      if (pace.began > 0) before ??= cpu();
      for (const one of services) one.requireRunning();
      await sleep(POLL_MS);
    }
    const perMillion = Object.entries(cpu()).map(([part, seconds]) => [
      part,
      ((seconds - before[part]) * 1e6) / (pace.seen - pace.first),
    ]);
    const { service: cpuPerMillion, ...partsPerMillion } = Object.fromEntries(perMillion);
    return { perSecond: pace.perSecond, cpuPerMillion, partsPerMillion };
  } finally {
    redis.disconnect();
    await Promise.all(services.map((one) => one.stop()));
  }
}

export const connectRedis = (addresses) => new Redis(addresses.redis.url);
