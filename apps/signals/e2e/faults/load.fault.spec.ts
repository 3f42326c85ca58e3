import { expect } from '@jest/globals';
import { partitionOf, PARTITIONS, TOPICS } from '@milepost/contracts';
import type { OracleEvent } from '../oracle.js';
import { SignalReader } from '../reader.js';
import type { TriggerRecord } from '../reader.js';
import { arrivalsOf, readAll } from '../scenario.js';
import type { Arrival } from '../scenario.js';
import { fresh, inUse } from './account-events.js';
import type { FaultRun } from './fault-run.js';
import { testFaults } from './fault-table.js';
import { eventsOf, ROUGH, SMOOTH } from './load.js';
import type { Load } from './load.js';

const MINUTE = 60_000_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = [365, 300, 240, 180, 120];

const now = (): number => Math.floor(Date.now() / 1000) * 1_000_000;
const numbered = <T>(count: number, make: (i: number) => T[]): T[] =>
  Array.from({ length: count }, (_, i) => make(i)).flat();
const partitionOfAccount = (account: string): number => partitionOf(Buffer.from(account), PARTITIONS);

/** One account that does as much as nine in ten of all events; the oracle's time grows with the square of it. */
function hotLoad(): Load {
  const lives = eventsOf('life', 36, 700_000).filter(({ type }) => type !== 'subscription.cancelled');
  const hot = lives.map((event): OracleEvent => ({ ...event, account: 'hot', id: `hot-${event.id}` }));
  const others = eventsOf('acct', 3, 800_000);
  const events = [...hot, ...others];
  expect(hot.length / events.length).toBeGreaterThan(0.9);
  return { events, arrivals: arrivalsOf(events, { seed: 7, ...ROUGH }) };
}

/** Every partition lives today before the first of the history comes. */
const LIVE_FIRST = 500;

/** A year of history, an account after the other as an export has them, while others live now. */
function backfillLoad(): Load {
  const live = numbered(300, (i) => fresh(`live_${i}`, now() - 50 * MINUTE + i * 1_000, 4 * MINUTE, 10));
  const history = YEAR.flatMap((days, i) => eventsOf(`old_${days}`, 15, 900_000 + 100 * i, days));
  const liveArrivals = arrivalsOf(live, { seed: 8, ...SMOOTH }).map(stampedWhenSent);
  const accounts = [...new Set(history.map(({ account }) => account))];
  const backfill = accounts.flatMap((account, i) =>
    arrivalsOf(
      history.filter((event) => event.account === account),
      { seed: i, ...SMOOTH },
    ),
  );
  const arrivals = liveArrivals.splice(0, LIVE_FIRST);
  const every = Math.ceil(backfill.length / liveArrivals.length);
  for (const [i, one] of backfill.entries()) {
    arrivals.push(one);
    if (i % every === 0) arrivals.push(...liveArrivals.splice(0, 1));
  }
  return { events: [...live, ...history], arrivals: [...arrivals, ...liveArrivals] };
}

const stampedWhenSent = (arrival: Arrival): Arrival => {
  const message = { ...arrival.message };
  delete message.timestamp;
  return { ...arrival, message };
};

const IDLE = 0;
/** When the accounts of `idleLoad` would be quiet, had the backlog not been. */
const QUIET_BEFORE = 30 * MINUTE;

/**
 * Accounts that have been used every day and then not for ten days but half an hour; in all partitions but one a last
 * hour of traffic waits, in which each of them is used again just before it would count as quiet.
 */
function idleLoad(): Load {
  const at = now();
  const last = at - QUIET_BEFORE - 10 * DAY;
  const used = numbered(200, (i) => inUse(`used_${i}`, last - 8 * DAY - i * MINUTE, last));
  const names = [...new Set(used.map(({ account }) => account))].filter((one) => partitionOfAccount(one) !== IDLE);
  const again = names.map((account): OracleEvent => {
    const event = used.find((one) => one.account === account && one.type === 'workflow.run')!;
    return { ...event, id: `${account}-again`, time: at - QUIET_BEFORE - 10 * MINUTE };
  });
  const hour = numbered(3_000, (i) => {
    const account = `new_${i}`;
    return partitionOfAccount(account) === IDLE ? [] : fresh(account, at - HOUR + i * 1_000, 6 * MINUTE, 10);
  });
  const events = [...used, ...again, ...hour];
  return { events, arrivals: arrivalsOf(events, { ...SMOOTH, seed: 9, doubled: 0 }) };
}

/** What was announced, as a reader of the topic tells it. */
async function announced(run: FaultRun): Promise<SignalReader> {
  const reader = new SignalReader();
  for (const { message } of await readAll(run.world.kafka, [run.positions.topic(TOPICS.atRisk)]))
    reader.read(JSON.parse(message.value!.toString()) as TriggerRecord);
  return reader;
}

testFaults('8. Loads', [
  {
    name: 'Poison of every kind, repeats, and events that are days and months late',
    accounts: 400,
    check: (run) => {
      const kinds = new Set(run.load.arrivals.flatMap(({ violation }) => violation ?? []));
      expect(kinds.size).toBe(13);
      return Promise.resolve();
    },
  },
  { name: 'One account has nine in ten of all events', load: hotLoad },
  {
    name: 'A year of history is filled in beside live traffic',
    everyday: true,
    load: backfillLoad,
    first: LIVE_FIRST,
    historyRest: '30 s',
    check: async (run) => {
      // Nothing was taken back: half a history made nobody look absent.
      expect((await announced(run)).disproved).toEqual([]);
    },
  },
  {
    name: 'A partition is idle beside a backlog of an hour',
    load: idleLoad,
    backlog: true,
    settings: () => Promise.resolve({ IDLE_AFTER_MS: '1000', CLOCK_INTERVAL_MS: '200' }),
    inject: async (run) => {
      for (let i = 0; i < 3; i++) {
        await run.randomMoment('milestones');
        run.services.milestones.kill();
        await run.randomMoment('signals');
        run.services.signals.kill();
        await Promise.all([run.services.milestones.ready(), run.services.signals.ready()]);
      }
    },
    check: async (run) => {
      const reader = await announced(run);
      expect(reader.disproved).toEqual([]);
      const accounts = new Set(run.load.events.map(({ account }) => account));
      const quiet = [...accounts].filter((account) =>
        reader.episodes(account).some(({ reasons }) => reasons.some(({ code }) => code === 'quiet')),
      );
      // The idle partition has moved on, and only it.
      expect(quiet).toEqual([...accounts].filter((one) => partitionOfAccount(one) === IDLE));
    },
  },
]);
