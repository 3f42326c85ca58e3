import { afterAll, describe, expect, it } from '@jest/globals';
import { DAY, PARTITIONS, TOPICS } from '@milepost/contracts';
import type { MilestonesState } from '@milepost/onboarding';
import { until } from '@milepost/stack';
import { milepost } from '../deployment.js';
import type { Service } from '../instance.js';
import { readAll } from '../scenario.js';
import { STATE_CODECS } from '../state-codecs.js';
import { compare } from './comparison.js';
import { FaultRun } from './fault-run.js';
import { roughLoad } from './load.js';
import type { Load } from './load.js';
import { World } from './world.js';

const TIMEOUT_MS = 600_000;
const SIGNALS = [TOPICS.atRisk, TOPICS.expansionReady];

/**
 * Every account's state, and what the partition counts. Repeats leave no trace in ClickHouse: how many there were and
 * when the last came is not known again, and so identities that only they let be forgotten are still there.
 */
async function statesOf(run: FaultRun, latest: Map<string, number>): Promise<Record<string, unknown>> {
  const states: Record<string, unknown> = {};
  for (const service of ['milestones', 'signals'] as const) {
    for (let partition = 0; partition < PARTITIONS; partition++) {
      const { state, meta, due } = run.positions.keys(service, partition);
      for (const [account, blob] of Object.entries(await run.world.redis.hgetallBuffer(state))) {
        const stored = STATE_CODECS[service].decode(blob);
        states[`${service} ${account}`] =
          'seen' in stored ? comparable(stored, latest.get(account)! - 30 * DAY) : stored;
      }
      if (service === 'signals') {
        states[`${partition} due`] = await run.world.redis.zrange(due, '0', '-1', 'WITHSCORES');
        const counts = Object.entries(await run.world.redis.hgetall(meta)).filter(([name]) => name.startsWith('t:'));
        states[`${partition} counts`] = Object.fromEntries(counts.filter(([name]) => name !== 't:records'));
      }
    }
  }
  return states;
}

function comparable({ seen, ...state }: MilestonesState, forgetBefore: number): unknown {
  seen.forgetBefore(forgetBefore);
  return { ...state, seen: seen.toStored(), duplicates: 0, latestReceipt: 0 };
}

/** Waits until a service says why it stands still. */
const alarm = (run: FaultRun, service: Service, code: string): Promise<void> =>
  until(`the alarm ${code}`, async () => expect(await run.notReady(service)).toContain(code), 60_000);

/** When each account's last good record came. */
const latestArrivals = ({ arrivals }: Load): Map<string, number> =>
  new Map(arrivals.filter(({ violation }) => !violation).map(({ at, message }) => [String(message.key), at]));

/** Deletes what came before the middle of each partition, as retention does. */
async function shorten(run: FaultRun, name: string): Promise<void> {
  const topic = run.positions.topic(name);
  const ends = await run.world.admin.fetchTopicOffsets(topic);
  const partitions = ends.map(({ partition, high }) => ({ partition, offset: String(Math.floor(Number(high) / 2)) }));
  await run.world.admin.deleteTopicRecords({ topic, partitions });
}

const triggers = async (run: FaultRun): Promise<number> =>
  (await readAll(run.world.kafka, SIGNALS.map((name) => run.positions.topic(name)))).length; // prettier-ignore

describe('7. The state is gone, and the log no longer reaches back', () => {
  let world: World | undefined;
  let run: FaultRun | undefined;
  afterAll(async () => {
    await run?.stop();
    await world?.close();
  }, 60_000);

  it(
    '7.1 the services stop with an alarm, and `milepost rebuild` makes the state from ClickHouse; no trigger fires again',
    async () => {
      world = await World.open();
      run = await FaultRun.prepare(world, { load: roughLoad(80, 71) });
      await run.startServices();
      await run.feed.upTo(1);
      await run.settle();
      await compare(run);
      // Nobody moves on while the state is compared.
      await Promise.all([run.services.milestones.stop(), run.services.signals.stop()]);
      const latest = latestArrivals(run.load);
      const [before, sent] = [await statesOf(run, latest), await triggers(run)];
      const wanted = new Map(Object.entries(before));
      await shorten(run, TOPICS.events);
      await shorten(run, TOPICS.journey);

      // A Redis that came back with what it had long ago: its offset lies below the log's start.
      for (const service of ['milestones', 'signals'] as const)
        for (let partition = 0; partition < PARTITIONS; partition++)
          await world.redis.hset(run.positions.keys(service, partition).meta, 'next', '1');
      run.services.milestones.start();
      await alarm(run, 'milestones', 'log-truncated');
      await run.services.milestones.stop();
      await world.redis.flushall();
      run.services.signals.start();
      await alarm(run, 'signals', 'state-missing');

      run.services.milestones.start();
      const report = JSON.parse(await milepost(run.env, 'rebuild', '--yes', '--json')) as { verdict: string };
      expect(report.verdict).toBe('The services stand where they stood before.');
      await Promise.all([run.services.milestones.stop(), run.services.signals.stop()]);
      const after = await statesOf(run, latest);
      const moved = Object.keys(after).filter((name) => !wanted.has(name));
      expect(moved).toEqual([]);
      for (const [name, state] of wanted) expect({ [name]: after[name] }).toEqual({ [name]: state });
      expect(await triggers(run)).toBe(sent);

      // What was accepted within the window is known again: sent once more it is all repeats.
      run.services.milestones.start();
      run.services.signals.start();
      await run.settle();
      const good = run.load.arrivals.filter(
        ({ violation, at, message }) => !violation && at > latest.get(String(message.key))! - 25 * DAY,
      );
      expect(good.length).toBeGreaterThan(100);
      const producer = world.kafka.producer();
      await producer.connect();
      await producer.send({ topic: run.positions.topic(TOPICS.events), messages: good.map(({ message }) => message) });
      await producer.disconnect();
      await run.settle();
      expect(await run.reconcile()).toEqual([]);
      expect(await triggers(run)).toBe(sent);
    },
    TIMEOUT_MS,
  );
});
