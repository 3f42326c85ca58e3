import { accountEvents, accountSignals, erasureOf } from '@milepost/clickhouse';
import type { ClickHouseClient } from '@milepost/clickhouse';
import { DAY, formatTime, partitionOf, PARTITIONS } from '@milepost/contracts';
import { milestonesStateCodec, segmentOf, signalsStateCodec } from '@milepost/onboarding';
import { partitionKeys, RedisStateStore } from '@milepost/runtime';
import type { StateCodec } from '@milepost/stream';
import { UsageError } from '../connections.js';
import type { Connections } from '../connections.js';
import { print, table } from '../output.js';
import type { Output } from '../output.js';

export interface AccountReport {
  account: string;
  companySize: number | null;
  segment: string;
  events: { accepted: number; duplicates: number };
  milestones: { milestone: string; reachedAt: string | null; expectedWithinDays: number }[];
  open: { signal: string; reason: string; since: string; text: string }[];
  recent: { time: string; type: string; outcome: string }[];
}

const RECENT = 15;

/** Everything that is known of one account: what it reached, what is open and why, what it did last. */
export async function account(connections: Connections, id: string, output: Output): Promise<void> {
  const report = await readAccount(connections, id);
  print(output, report, () => describeReport(report));
}

export async function readAccount(connections: Connections, id: string): Promise<AccountReport> {
  const redis = await connections.redis();
  const clickhouse = connections.clickhouse();
  const { plan } = connections;
  const partition = partitionOf(Buffer.from(id), PARTITIONS);
  const prefix = `${connections.addresses.groupPrefix}:`;
  const stateOf = async <S>(topology: string, codec: StateCodec<S>): Promise<S | null> => {
    const blob = await redis.hgetBuffer(partitionKeys(prefix, topology, partition).state, id);
    if (blob === null) return null;
    // The services may be of another version than this command.
    const schemas = await new RedisStateStore(redis, topology, prefix).schemas();
    for (const schema of schemas) codec.versions?.learn(schema);
    return codec.decode(blob);
  };
  const state = await stateOf('milestones', milestonesStateCodec(plan));
  if (!state) throw new UsageError(await whyUnknown(clickhouse, id));
  const signals = await stateOf('signals', signalsStateCodec(plan));
  const companySize = signals?.history.companySizeOf(signals.history.length) ?? null;
  const segment = segmentOf(plan, companySize);
  const texts = new Map((await accountSignals(clickhouse, id, 50)).flatMap(({ reasons }) => textsOf(reasons)));
  const open = (signals?.announced ?? []).flatMap(({ signal, intervals }) =>
    intervals
      .filter(({ until }) => until === null)
      .map(({ reason, since }) => ({ signal, reason, since: formatTime(since), text: texts.get(reason) ?? '' })),
  );
  const events = await accountEvents(clickhouse, id, RECENT);
  return {
    account: id,
    companySize,
    segment,
    events: { accepted: state.accepted, duplicates: state.duplicates },
    milestones: plan.milestones.map(({ name, expectedWithin }) => {
      const at = state.reached.get(name);
      const expectedWithinDays = (expectedWithin.bySegment[segment] ?? expectedWithin.default) / DAY;
      return { milestone: name, reachedAt: at === undefined ? null : formatTime(at), expectedWithinDays };
    }),
    open,
    recent: events.map(({ occurred_at: at, type, outcome }) => ({ time: `${at.replace(' ', 'T')}Z`, type, outcome })),
  };
}

/** Without a state in Redis an account is new to us, or was erased: that is noted, under its hash. */
async function whyUnknown(clickhouse: ClickHouseClient, id: string): Promise<string> {
  const erased = await erasureOf(clickhouse, id);
  if (erased === null) return `There is no account ${id}: no event of it was accepted yet.`;
  const { sequence, requested_by: by, reason, requested_at: at } = erased;
  const why = reason === '' ? '' : `, because: ${reason}`;
  return (
    `${id} was erased on ${at.slice(0, 10)} at ${at.slice(11, 16)} UTC, as ${by} had asked${why} (control record ${sequence}). ` +
    'What still comes of it is dropped: docs/adr/0007-erasure.md.'
  );
}

const textsOf = (reasons: string): [string, string][] =>
  (JSON.parse(reasons) as { code: string; text: string }[]).map(({ code, text }) => [code, text]);

function describeReport({
  account: id,
  events,
  milestones,
  open,
  recent,
  companySize,
  segment,
}: AccountReport): string {
  const day = (time: string | null): string => (time === null ? 'not yet' : time.slice(0, 16).replace('T', ' '));
  return [
    `${id}: ${segment}, ${companySize ?? 'unknown number of'} employees, ${events.accepted} events, ${events.duplicates} duplicates`,
    '',
    table(
      ['milestone', 'reached', 'expected within'],
      milestones.map((one) => [one.milestone, day(one.reachedAt), `${one.expectedWithinDays} days`]),
    ),
    '',
    open.length === 0 ? 'Nothing is open.' : 'Open:',
    ...open.map(({ signal, reason, since, text }) => `  ${signal}, ${reason}, since ${day(since)}. ${text}`),
    '',
    'Last events:',
    ...recent.map(
      ({ time, type, outcome }) =>
        `  ${time.slice(0, 19).replace('T', ' ')}  ${type}${outcome === 'succeeded' ? '' : ` (${outcome})`}`,
    ),
  ].join('\n');
}
