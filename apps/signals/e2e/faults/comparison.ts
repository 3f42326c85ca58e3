import { expect } from '@jest/globals';
import { journeyPageCodec, partitionOf, PARTITIONS, TOPICS } from '@milepost/contracts';
import type { Trigger } from '@milepost/contracts';
import { partitionKeys, RedisStateStore } from '@milepost/runtime';
import { POSITION_HEADER } from '@milepost/stream';
import { judgeAccount } from '../oracle.js';
import type { OracleEvent, Verdict } from '../oracle.js';
import { inOrder, SignalReader } from '../reader.js';
import { fingerprint, readAll } from '../scenario.js';
import type { Found } from '../scenario.js';
import { STATE_CODECS } from '../state-codecs.js';
import { toStructured } from '../structured.js';
import type { FaultRun } from './fault-run.js';

export interface Compared {
  records: number;
  accepted: number;
  rejected: number;
  triggers: number;
}

export interface CompareOptions {
  /** Milestones that the oracle does not know. */
  ignore?: readonly string[];
}

const identity = ({ source, id }: { source: string; id: string }): string => `${source} ${id}`;
const print = ({ message }: Found): string => fingerprint(message.key, message.value);

/**
 * Everything that came out against what the log of events says must come out, event by event: journey, rejects,
 * triggers, rows, state. What was sent is read back from the log, so a producer that sends twice misleads nobody.
 */
export async function compare(run: FaultRun, { ignore = [] }: CompareOptions = {}): Promise<Compared> {
  const { positions, world, load } = run;
  expect(await run.reconcile()).toEqual([]);
  const names = Object.values(TOPICS).map((name) => positions.topic(name));
  const records = await readAll(world.kafka, names);
  const of = (name: string) => records.filter(({ topic }) => topic === positions.topic(name));
  const sent = of(TOPICS.events);

  const violations = new Map(
    load.arrivals.map((one) => [fingerprint(one.message.key, one.message.value), one.violation]),
  );
  const present = new Set(sent.map(print));
  expect([...violations.keys()].filter((one) => !present.has(one))).toEqual([]);
  const good = new Map(load.events.map((event) => [fingerprint(event.account, toStructured(event)), event]));
  const accepted = new Map<string, { event: OracleEvent; place: string }>();
  for (const one of sent) {
    const event = good.get(print(one));
    const place = `${one.partition}/${one.message.offset}`;
    if (event && !accepted.has(identity(event))) accepted.set(identity(event), { event, place });
  }
  const wanted = sent.flatMap((one) =>
    violations.get(print(one)) ? [`${print(one)} ${violations.get(print(one))}`] : [],
  );
  compareRejected(of(TOPICS.rejected), wanted);
  compareJourney(of(TOPICS.journey), accepted);

  const triggers = [...of(TOPICS.atRisk), ...of(TOPICS.expansionReady)].map(
    ({ message }) => JSON.parse(message.value!.toString()) as Trigger,
  );
  const accounts = groupBy(load.events, ({ account }) => account);
  const now = Date.now() * 1000;
  const verdicts = new Map([...accounts].map(([account, events]) => [account, judgeAccount(events, now)]));
  compareTriggers(triggers, verdicts);
  await compareState(run, verdicts, ignore);
  await compareRows(run, { accepted, verdicts, triggers, rejected: wanted.length, ignore });
  return { records: sent.length, accepted: accepted.size, rejected: wanted.length, triggers: triggers.length };
}

/** Byte-identical, by the right name, as often as it was sent, and nothing good among it. */
function compareRejected(found: Found[], wanted: string[]): void {
  const header = '__connect.errors.exception.class.name';
  expect(found.map((one) => `${print(one)} ${one.message.headers![header]!.toString()}`).sort()).toEqual(wanted.sort());
  expectOnce(found.map(({ message }) => message.headers![POSITION_HEADER]!.toString()));
}

function compareJourney(found: Found[], accepted: Map<string, { place: string }>): void {
  const facts = found.flatMap(({ partition, message }) => {
    const page = journeyPageCodec.decodeOwn(message.value!, 'A page of the journey');
    return page.facts.map(({ event, sourceOffset }) => `${identity(event)} ${partition}/${sourceOffset}`);
  });
  expectOnce(facts);
  expect(facts.sort()).toEqual(Array.from(accepted, ([name, { place }]) => `${name} ${place}`).sort());
  expectOnce(found.flatMap(({ message }) => message.headers![POSITION_HEADER]?.toString() ?? []));
}

/** Each trigger record once, with no revision left out, and together they say what the oracle says. */
function compareTriggers(triggers: Trigger[], verdicts: Map<string, Verdict>): void {
  expectOnce(triggers.map(({ id }) => id));
  for (const [name, records] of groupBy(triggers, ({ trigger }) => trigger))
    expect(records.map(({ id }) => id)).toEqual(records.map((_, revision) => `${name}.${revision}`));
  const reader = new SignalReader();
  for (const trigger of triggers) reader.read(trigger);
  expect(reader.faults).toEqual([]);
  let episodes = 0;
  for (const [account, verdict] of verdicts) {
    episodes += verdict.episodes.length;
    expect({ account, episodes: inOrder(reader.episodes(account)) }).toEqual({
      account,
      episodes: inOrder(verdict.episodes),
    });
  }
  expect(episodes).toBeGreaterThan(0);
}

const without = <T>(milestones: Record<string, T>, ignore: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(milestones).filter(([name]) => !ignore.includes(name)));

async function compareState(run: FaultRun, verdicts: Map<string, Verdict>, ignore: readonly string[]): Promise<void> {
  const { redis } = run.world;
  for (const service of ['milestones', 'signals'] as const) {
    const schemas = await new RedisStateStore(redis, service, `${run.prefix}:`).schemas();
    for (const schema of schemas) STATE_CODECS[service].versions!.learn(schema);
  }
  const open = new Map<string, number>();
  for (const [account, verdict] of verdicts) {
    const partition = partitionOf(Buffer.from(account), PARTITIONS);
    const stateOf = (service: string) =>
      redis.hgetBuffer(partitionKeys(`${run.prefix}:`, service, partition).state, account);
    const milestones = STATE_CODECS.milestones.decode((await stateOf('milestones'))!);
    expect({ account, ...without(Object.fromEntries(milestones.reached), ignore) }).toEqual({
      account,
      ...verdict.milestones,
    });
    const { announced } = STATE_CODECS.signals.decode((await stateOf('signals'))!);
    const episodes = announced.map(({ signal, intervals }) => {
      const reasons = intervals.map(({ reason, since, until, cause }) => ({ code: reason, since, until, cause }));
      const isOpen = reasons.some(({ until }) => until === null);
      const until = isOpen ? null : Math.max(...reasons.map((one) => one.until!));
      return { signal, since: Math.min(...reasons.map(({ since }) => since)), until, reasons };
    });
    expect({ account, state: inOrder(episodes) }).toEqual({ account, state: inOrder(verdict.episodes) });
    for (const { signal, reasons } of verdict.episodes)
      for (const { code, until } of reasons)
        if (until === null) open.set(`t:open:${signal}/${code}`, (open.get(`t:open:${signal}/${code}`) ?? 0) + 1);
  }
  const counted = new Map<string, number>();
  for (const key of run.positions.metas('signals'))
    for (const [name, count] of Object.entries(await redis.hgetall(key)))
      if (name.startsWith('t:open:')) counted.set(name, (counted.get(name) ?? 0) + Number(count));
  expect(Object.fromEntries([...counted].filter(([, count]) => count !== 0))).toEqual(Object.fromEntries(open));
}

interface Rows {
  accepted: Map<string, { event: OracleEvent; place: string }>;
  verdicts: Map<string, Verdict>;
  triggers: Trigger[];
  rejected: number;
  ignore: readonly string[];
}

async function compareRows(run: FaultRun, { accepted, verdicts, triggers, rejected, ignore }: Rows): Promise<void> {
  const ask = async <T>(query: string): Promise<T[]> =>
    (await run.world.clickhouse.query({ query, format: 'JSONCompactEachRow' })).json<T>();
  const lines = async (query: string): Promise<string[]> =>
    (await ask<unknown[]>(query)).map((row) => row.join(' ')).sort();

  expect(
    await lines(
      `SELECT source, event_id, account_id, type, outcome, toString(toUnixTimestamp64Micro(occurred_at)),
              concat(toString(source_partition), '/', toString(source_offset)) FROM milepost.events`,
    ),
  ).toEqual(
    Array.from(accepted.values(), ({ event, place }) =>
      [event.source, event.id, event.account, event.type, event.outcome, event.time, place].join(' '),
    ).sort(),
  );
  const milestones = await ask<[string, string, string | null]>(
    `SELECT account_id, milestone, toString(toUnixTimestamp64Micro(
            argMax(tuple(reached_at), (journey_offset, journey_index, change_index)).1))
     FROM milepost.milestones GROUP BY account_id, milestone`,
  );
  const reached = milestones.filter(([, name, at]) => at !== null && !ignore.includes(name));
  expect(reached.map((row) => row.join(' ')).sort()).toEqual(
    [...verdicts]
      .flatMap(([account, verdict]) =>
        Object.entries(verdict.milestones).map(([name, at]) => `${account} ${name} ${at}`),
      )
      .sort(),
  );
  expect(await lines(`SELECT id, trigger, account_id, signal, status FROM milepost.signals`)).toEqual(
    triggers.map((one) => [one.id, one.trigger, one.account, one.signal, one.status].join(' ')).sort(),
  );
  expect(await lines(`SELECT count(), uniqExact(source_partition, source_offset) FROM milepost.rejected`)).toEqual([
    `${rejected} ${rejected}`,
  ]);
}

function expectOnce(names: string[]): void {
  const seen = new Set<string>();
  expect(names.filter((name) => seen.has(name) || !seen.add(name))).toEqual([]);
}

function groupBy<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}
