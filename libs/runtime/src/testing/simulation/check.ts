import { CONTROL_HEADER, FORGED_MARKER } from '@milepost/contracts';
import { PartitionFold, POSITION_HEADER } from '@milepost/stream';
import type { DecodedRecord, LogRecord } from '@milepost/stream';
import type { StoredRecord } from './simulated-log.js';
import { builds } from './topologies.js';
import { PARTITIONS, TOPIC } from './world.js';
import type { World } from './world.js';

const toLogRecord = (partition: number, { offset, timestamp, key, value, headers }: StoredRecord): LogRecord => ({
  topic: TOPIC,
  partition,
  offset,
  timestamp: timestamp * 1000,
  key,
  value: value ?? null,
  headers,
});

const inputs = (world: World, partition: number): LogRecord[] =>
  world.log
    .partition(TOPIC, partition)
    .committed()
    .map((record) => toLogRecord(partition, record));

interface Page {
  bodies: unknown[];
  clock: number | null;
}

/** Says what differs between a run and one process that folds the log record by record, without a fault; or nothing. */
export function differences(world: World): string[] {
  const found: string[] = [];
  const same = (what: string, expected: unknown, got: unknown): void => {
    const [a, b] = [JSON.stringify(expected), JSON.stringify(got)];
    if (a !== b) found.push(`${what}\n  expected ${a}\n  got      ${b}`);
  };
  for (let partition = 0; partition < PARTITIONS; partition++) {
    if (world.kind === 'ranges') checkRows(world, partition, same);
    else checkFold(world, partition, same);
  }
  same('writes by who is not the owner', [], world.stored.trespasses);
  return found;
}

type Same = (what: string, expected: unknown, got: unknown) => void;

function checkRows(world: World, partition: number, same: Same): void {
  const rows = world.warehouse.rows.filter((row) => row.partition === partition).sort((a, b) => a.offset - b.offset);
  same(
    `rows of ${partition}`,
    inputs(world, partition).map(({ offset, value }) => [offset, value!.toString()]),
    rows.map(({ offset, value }) => [offset, value]),
  );
}

function checkFold(world: World, partition: number, same: Same): void {
  const records = inputs(world, partition);
  const [topology] = builds(world.kind === 'clocked' ? 'book' : undefined);
  const fold = new PartitionFold(topology!, partition);
  const outputs = new Map<string, string[]>([['receipts', []], ['refused', []]]); // prettier-ignore
  const bodies: unknown[] = [];
  const tally: Record<string, number> = {};
  const due = new Map<string, number>();
  for (const record of records) {
    const changes = fold.fold(
      fold.decode([record]).map((one) => judged(world, one)),
      { publishedAt: 0, appendClock: false },
    );
    for (const [account, instant] of changes.due) {
      if (instant === null) due.delete(account);
      else due.set(account, instant);
    }
    for (const [name, by] of Object.entries(changes.tally.counts)) tally[name] = (tally[name] ?? 0) + by;
    for (const { record: out } of changes.entries) {
      if (out.topic === 'book') bodies.push(...pageOf(out.value!).bodies);
      else outputs.get(out.topic)!.push(`${String(out.headers[POSITION_HEADER])} ${out.value!.toString()}`);
    }
  }
  for (const [topic, expected] of outputs)
    same(`${topic} of ${partition}`, expected, published(world, topic, partition));
  const pages = world.log.partition('book', partition).committed().map(({ value }) => pageOf(value!)); // prettier-ignore
  same(`book of ${partition}`, bodies, pages.flatMap((page) => page.bodies)); // prettier-ignore
  if (world.kind === 'clocked') checkClocks(records, bodies as [number, number][], pages, same);
  const stored = world.stored.current(partition);
  const sums = [...stored.states].map(([account, blob]) => [account, topology!.state.decode(blob).sum] as const);
  same(`states of ${partition}`, sorted([...fold.states].map(([account, { sum }]) => [account, sum] as const)), sorted(sums)); // prettier-ignore
  same(`due of ${partition}`, sorted([...due]), sorted([...stored.due]));
  same(`forgotten of ${partition}`, [...fold.forgotten].sort(), [...stored.forgotten].sort());
  same(`control of ${partition}`, [fold.control, world.control.length], [stored.control, stored.control]);
  same(`tally of ${partition}`, sorted(Object.entries(tally)), sorted(Object.entries(stored.tally)));
}

/** A marker that says what no operator wrote is bad input. */
function judged<I>(world: World, one: DecodedRecord<I>): DecodedRecord<I> {
  const sequence = one.record.headers[CONTROL_HEADER];
  const isForged = sequence !== undefined && !world.control[Number(sequence)]?.equals(one.record.value!);
  return isForged ? { ...one, decoded: { kind: 'rejected', violations: [FORGED_MARKER] } } : one;
}

/** After a clock of stream time t, nothing may come that was received before t: an absence would have been faked. */
function checkClocks(records: LogRecord[], bodies: [number, number][], pages: readonly Page[], same: Same): void {
  const receivedAt = new Map(records.map(({ offset, timestamp }) => [offset, timestamp]));
  let folded = 0;
  for (const page of pages) {
    folded += page.bodies.length;
    const next = bodies[folded];
    const received = next && receivedAt.get(next[0])!;
    if (page.clock !== null && received !== undefined && received < page.clock)
      same(`clock of ${records[0]!.partition}`, `at most ${received}`, page.clock);
  }
}

const published = (world: World, topic: string, partition: number): string[] =>
  world.log
    .topic(topic)
    .flatMap((one) => one.committed())
    .map(({ headers, value }) => `${String(headers[POSITION_HEADER])} ${value!.toString()}`)
    .filter((text) => text.startsWith(`till/${TOPIC}/${partition}/`));

const pageOf = (value: Buffer): Page => JSON.parse(value.toString()) as Page;
const sorted = <T>(entries: readonly (readonly [string, T])[]): (readonly [string, T])[] =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
