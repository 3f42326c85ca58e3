import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createClickHouse } from './clickhouse-client.js';
import { migrate } from './migrate.js';
import { askQuestion } from './questions.js';
import { inDatabase } from './testing/own-database.js';

const database = `orders_${process.pid}`;
const server = createClickHouse(process.env['CLICKHOUSE_URL']!);
const client = inDatabase(server, database);

const SNAPSHOT = 7;
const WITHIN = 20;
const MILESTONES = ['one', 'two', 'three'];
const STATES = [...MILESTONES, 'subscribed', 'renewed', 'expanded'];
const LIMITS = { seconds: 30, memoryBytes: 2e9, rowsToRead: 1e6, resultRows: 1e5 };
const ASKED = { snapshot: SNAPSHOT, by: 'channel', segment: '', channel: '', industry: '', region: '', planTier: '', productLine: '', currency: '', signedUpFrom: '', signedUpBefore: '' }; // prettier-ignore

interface Touch {
  at: number;
  kind: string;
  theme: string;
  sentiment: number | null;
}
interface Account {
  channel: string;
  observed: number;
  ended: number | null;
  reached: (number | null)[];
  contract: { at: number; kind: string; amount: number; months: number }[];
  touches: Touch[];
}

// Halves of few days, so that much comes at the same instant; before signup and after the time, too.
const day = fc.integer({ min: -2, max: 60 }).map((half) => half / 2);
const inOrder = <T extends { at: number }>(list: T[]): T[] => list.sort((a, b) => a.at - b.at);
const account: fc.Arbitrary<Account> = fc.record({
  channel: fc.constantFrom('ads', 'sales'),
  observed: fc.constantFrom(10, WITHIN, 40),
  ended: fc.option(day, { nil: null }),
  reached: fc.array(fc.option(day.map((at) => Math.max(0, at)), { nil: null }), { minLength: 3, maxLength: 3 }), // prettier-ignore
  contract: fc.array(fc.record({ at: day, kind: fc.constantFrom('started', 'renewed', 'expanded'), amount: fc.constant(1), months: fc.constant(1) }), { maxLength: 4 }).map(inOrder), // prettier-ignore
  touches: fc.array(fc.record({ at: day, kind: fc.constantFrom('guide', 'ticket', 'nps'), theme: fc.constantFrom('', 'price', 'speed'), sentiment: fc.constantFrom(null, -1, 0.5) }), { maxLength: 30, size: 'max' }).map(inOrder), // prettier-ignore
});
const accounts = fc.sample(account, { seed: 11, numRuns: 3_000 });

const ask = <T>(name: string, more: object) => askQuestion<T>(client, name, { ...ASKED, within: WITHIN, ...more }, LIMITS); // prettier-ignore
const first = ({ contract }: Account, kind: string): number =>
  contract.find((one) => one.kind === kind)?.at ?? Infinity;
const timesOf = (one: Account): number[] =>
  [...one.reached.map((at) => at ?? Infinity), ...['started', 'renewed', 'expanded'].map((kind) => first(one, kind))].map((at) => Math.max(0, at)); // prettier-ignore
const mature = accounts.filter(({ observed }) => observed >= WITHIN);

/** Rows of one answer as counts by their text. */
function counts<T>(list: readonly T[], textOf: (one: T) => string | null, by: (one: T) => number = () => 1) {
  const counted: Record<string, number> = {};
  for (const one of list) {
    const text = textOf(one);
    if (text !== null) counted[text] = (counted[text] ?? 0) + by(one);
  }
  return counted;
}

beforeAll(async () => {
  await migrate(client);
  const values = accounts.map((one, k) => ({ ...one, snapshot: SNAPSHOT, account_id: `a${k}`, signed_up_at: '2026-01-01 00:00:00' })); // prettier-ignore
  await client.insert({ table: 'milepost.account_rows', values, format: 'JSONEachRow' });
});
afterAll(async () => {
  await server.command({ query: `DROP DATABASE IF EXISTS ${database} SYNC` });
  await server.close();
});

describe('1. What is counted by order is what one account after the other would give', () => {
  it.each([
    [false, [1, 2, 3, 4]],
    [true, [1, 2, 3, 4]],
    [true, [3, 1, 2]],
    [true, [6, 5, 4]],
    [false, [2, 2]],
  ])('1.1 depths of a funnel, strict: %s, steps %j', async (strict, steps) => {
    const rows = await ask<{ label: string; depth: number; mature: number; immature: number }>('funnel', { strict: strict ? 1 : 0, steps }); // prettier-ignore
    const depthOf = (one: Account): number => {
      const came = steps.map((step) => timesOf(one)[step - 1]!);
      const missed = came.findIndex((at, k) => at > WITHIN || (strict && k > 0 && at < came[k - 1]!));
      return missed < 0 ? steps.length : missed;
    };
    expect(counts(rows.filter((row) => row.mature > 0), (row) => `${row.label} ${row.depth}`, (row) => row.mature)) // prettier-ignore
      .toEqual(counts(mature, (one) => `${one.channel} ${depthOf(one)}`));
    expect(rows.reduce((sum, { immature }) => sum + immature, 0)).toBe(accounts.length - mature.length);
  });

  const pathOf = (one: Account): string[] => {
    const came = timesOf(one).map((at, k) => ({ at, k })).filter(({ at }) => at <= WITHIN).sort((a, b) => a.at - b.at || a.k - b.k); // prettier-ignore
    return ['signup', ...came.map(({ k }) => STATES[k]!), (one.ended ?? Infinity) <= WITHIN ? 'cancelled' : 'still-there']; // prettier-ignore
  };

  it('1.2 steps from each state to the next', async () => {
    const rows = await ask<{ from: string; to: string; accounts: number }>('path-transitions', { milestones: MILESTONES }); // prettier-ignore
    const steps = mature.map(pathOf).flatMap((path) => path.slice(1).map((to, k) => `${path[k]} ${to}`));
    expect(counts(rows, ({ from, to }) => `${from} ${to}`, (row) => row.accounts)).toEqual(counts(steps, (step) => step)); // prettier-ignore
  });

  it.each([
    ['two', 'expanded'],
    ['signup', 'one'],
  ])('1.3 what follows %s, and who comes to %s after it', async (at, outcome) => {
    const rows = await ask<{ next: string; taken: number; succeeded: number }>('next-steps', { milestones: MILESTONES, at, outcome }); // prettier-ignore
    const after = mature.map(pathOf).filter((path) => path.includes(at)).map((path) => path.slice(path.indexOf(at) + 1)); // prettier-ignore
    expect(counts(rows, ({ next }) => next, ({ taken }) => taken)).toEqual(counts(after, ([next]) => next!)); // prettier-ignore
    expect(counts(rows.filter((row) => row.succeeded > 0), ({ next }) => next, ({ succeeded }) => succeeded)) // prettier-ignore
      .toEqual(counts(after, (rest) => (rest.includes(outcome) ? rest[0]! : null)));
  });

  /** Touches up to the outcome, the same again and again as one at its latest, the newest ten. */
  function touchesOf(one: Account, kind: string) {
    const hit = first(one, kind);
    const converted = hit <= WITHIN;
    const last = converted ? hit : WITHIN;
    const had = [{ at: 0, kind: `channel:${one.channel}`, theme: '' }, ...one.touches.filter(({ at }) => at >= 0 && at <= last)]; // prettier-ignore
    const kept = had.filter((touch, k) => touch.kind !== had[k + 1]?.kind).slice(-10);
    const ages = converted ? kept.map(({ at }) => Math.max(0, Math.floor(last - at))) : [];
    return { had, converted, text: JSON.stringify([kept.map((touch) => touch.kind), ages, converted ? 1 : 0]) };
  }

  it.each(['started', 'renewed', 'expanded'])('1.4 touches before it %s', async (kind) => {
    const rows = await ask<{ channels: string[]; ages: number[]; converted: number; accounts: number }>('touch-paths', { kind }); // prettier-ignore
    expect(counts(rows, ({ channels, ages, converted }) => JSON.stringify([channels, ages, converted]), (row) => row.accounts)) // prettier-ignore
      .toEqual(counts(mature, (one) => touchesOf(one, kind).text));
    expect(new Set(rows.map(({ channels }) => channels.length))).toContain(10);
  });

  it('1.5 what was said, by accounts', async () => {
    const rows = await ask<{ touch: string; theme: string; accounts: number; converted: number; sentiment: number | null }>('touch-themes', { kind: 'started' }); // prettier-ignore
    const said = mature.flatMap((one) => {
      const { had, converted } = touchesOf(one, 'started');
      const names = had.filter(({ theme }) => theme !== '').map((touch) => `${touch.kind} ${touch.theme}`);
      return [...new Set(names)].map((name) => ({ name, converted }));
    });
    expect(counts(rows, ({ touch, theme }) => `${touch} ${theme}`, (row) => row.accounts)).toEqual(counts(said, ({ name }) => name)); // prettier-ignore
    expect(counts(rows, ({ touch, theme }) => `${touch} ${theme}`, (row) => row.converted)).toEqual(counts(said, ({ name, converted }) => (converted ? name : null))); // prettier-ignore
    for (const { sentiment } of rows) expect(sentiment).toBeGreaterThan(-1);
  });

  it('1.6 a place above 255 has two bytes of its own', async () => {
    const many = Array.from({ length: 300 }, (_, k) => (k === 299 ? 1 : null));
    await client.insert({ table: 'milepost.account_rows', values: [{ snapshot: 8, account_id: 'a', signed_up_at: '2026-01-01 00:00:00', channel: 'ads', observed: 30, reached: many }], format: 'JSONEachRow' }); // prettier-ignore
    const rows = await ask<{ depth: number }>('funnel', { snapshot: 8, strict: 1, steps: [300] });
    expect(rows).toEqual([{ label: 'ads', depth: 1, mature: 1, immature: 0 }]);
  });
});
