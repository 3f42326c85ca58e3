import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { formatTime, partitionOf, PARTITIONS } from '@milepost/contracts';
import { until } from '@milepost/stack';
import { Redis } from 'ioredis';
import { Deployment } from './deployment.js';
import { judgeAccount } from './oracle.js';
import type { OracleEvent } from './oracle.js';
import { Chance, randomAccount } from './random-accounts.js';
import { inOrder, SignalReader } from './reader.js';
import type { TriggerRecord } from './reader.js';
import { arrivalsOf, connect, feed, fingerprint, readAll } from './scenario.js';
import type { Arrival } from './scenario.js';
import { STATE_CODECS } from './state-codecs.js';

const HOUR = 3_600_000_000;
const DAY = 24 * HOUR;
/** Long enough ago that every deadline that follows from an event has passed too. */
const END = Math.floor(Date.now() / 1000) * 1_000_000 - 60 * DAY;
const SIGNAL_TOPICS = ['onboarding.signals.at-risk', 'onboarding.signals.expansion-ready'];

interface Account {
  account: string;
  events: OracleEvent[];
}

const accountsOf = (prefix: string, count: number, seed: number): Account[] =>
  Array.from({ length: count }, (_, i) => {
    const account = `${prefix}_${i}`;
    return { account, events: randomAccount(account, new Chance(seed + i), END, 120) };
  });

/** Up to an instant, and every account: one that stream time has leapt over is held for a while, and due then. */
async function judgedUpTo(redis: Redis, instant: number): Promise<void> {
  await until(
    'stream time',
    async () => {
      for (let partition = 0; partition < PARTITIONS; partition++) {
        const slot = `milepost:{signals:${partition}}`;
        const clock = Number(await redis.hget(`${slot}:meta`, 'clock'));
        if (clock < instant) throw new Error(`partition ${partition} stands at ${formatTime(clock)}`);
        const held = await redis.zcount(`${slot}:due`, '-inf', instant + HOUR);
        if (held > 0) throw new Error(`${held} accounts of partition ${partition} are still to be judged`);
      }
    },
    180_000,
    500,
  );
}

/** What everything that came out says, against the oracle: triggers, milestones, rejects, and N7's own report. */
async function compare(deployment: Deployment, accounts: Account[], arrivals: Arrival[]): Promise<void> {
  const { kafka: addresses, redis: store } = deployment.stack.addresses;
  const kafka = connect(addresses.brokers);
  const redis = new Redis(store.url);
  try {
    await deployment.cli('reconcile', '--json');
    await judgedUpTo(redis, Date.now() * 1000 - 5 * 1_000_000);
    const report = JSON.parse(await deployment.cli('reconcile', '--json')) as { problems: string[] };
    expect(report.problems).toEqual([]);

    const reader = new SignalReader();
    const ids = new Set<string>();
    for (const { message } of await readAll(kafka, SIGNAL_TOPICS)) {
      const record = JSON.parse(message.value!.toString()) as TriggerRecord;
      expect(ids.has(record.id)).toBe(false);
      ids.add(record.id);
      reader.read(record);
    }
    expect(reader.faults).toEqual([]);
    let episodes = 0;
    for (const { account, events } of accounts) {
      const verdict = judgeAccount(events, Date.now() * 1000);
      episodes += verdict.episodes.length;
      expect({ account, episodes: inOrder(reader.episodes(account)) }).toEqual({
        account,
        episodes: inOrder(verdict.episodes),
      });
      const partition = partitionOf(Buffer.from(account), PARTITIONS);
      const blob = await redis.hgetBuffer(`milepost:{milestones:${partition}}:state`, account);
      expect(Object.fromEntries(STATE_CODECS.milestones.decode(blob!).reached)).toEqual(verdict.milestones);
    }
    expect(episodes).toBeGreaterThan(accounts.length);

    const wanted = arrivals
      .filter(({ violation }) => violation !== null)
      .map(({ message, violation }) => `${fingerprint(message.key, message.value)} ${violation}`);
    const rejected = (await readAll(kafka, ['onboarding.rejected'])).map(
      ({ message }) =>
        `${fingerprint(message.key, message.value)} ${message.headers!['__connect.errors.exception.class.name']!.toString()}`,
    );
    expect(rejected.sort()).toEqual(wanted.sort());
  } finally {
    redis.disconnect();
  }
}

describe('1. The running system agrees with the rules (F1 F2 S1 S3 N1 N2 N7)', () => {
  let deployment: Deployment;
  beforeAll(async () => {
    deployment = await Deployment.start({ IDLE_AFTER_MS: '4000', CLOCK_INTERVAL_MS: '1000' });
  }, 180_000);
  afterAll(() => deployment.stop(), 60_000);

  it('1.1 on 150 accounts in order and 400 late by up to two days, a tenth doubled, 3 % poisoned', async () => {
    const straight = accountsOf('straight', 150, 10_000);
    const disturbed = accountsOf('disturbed', 400, 20_000);
    const calm = { seed: 1, lateBy: 0, doubled: 0, poisoned: 0 };
    const rough = { seed: 2, lateBy: 2 * DAY, doubled: 0.1, poisoned: 0.03 };
    const arrivals = [
      ...arrivalsOf(
        straight.flatMap(({ events }) => events),
        calm,
      ),
      ...arrivalsOf(
        disturbed.flatMap(({ events }) => events),
        rough,
      ),
    ].sort((a, b) => a.at - b.at);
    const kafka = connect(deployment.stack.addresses.kafka.brokers);
    await feed(kafka, arrivals, () => undefined);
    await compare(deployment, [...straight, ...disturbed], arrivals);
  }, 420_000);
});
