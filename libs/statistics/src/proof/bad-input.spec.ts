import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as statistics from '../index.js';
import { PUBLIC_CALLS, runCall } from '../testing/public-calls.js';
import { columnsOf, drawnRows, type DrawnRow } from '../testing/row-methods.js';
import { firstNaN, spoiltArguments } from '../testing/spoilt.js';

const rows = drawnRows(3, 28);
const columns = columnsOf(rows);
/** Of the processor, in seconds: other work on the machine is no fault. */
const LONGEST = 5;
const seconds = () => process.cpuUsage().user / 1e6;
/** A refusal says what was found and what to do: a name alone is none. */
const SAYS_SOMETHING = /^.{25,}[.]$/s;

/** What is wrong with how a call ends, or null: it answers without NaN, or is refused in words, and soon. */
function fault(call: () => unknown): string | null {
  const began = seconds();
  try {
    const found = firstNaN(call());
    if (found !== null) return `NaN at ${found}`;
  } catch (error) {
    if (!(error instanceof statistics.StatisticsError)) return String((error as Error).stack);
    if (!SAYS_SOMETHING.test(error.message)) return `says only: ${error.message}`;
    if (/\bNaN\b(?!:|\])/.test(error.message) && error.problem !== 'invalid-input') return error.message;
  }
  return seconds() - began > LONGEST ? 'took too long' : null;
}

describe('1. Every public function', () => {
  it('1.1 is called in this file', () => {
    const functions = Object.entries(statistics).filter(
      ([name, one]) => typeof one === 'function' && /^[a-z]/.test(name),
    );
    const called = new Set<string>(PUBLIC_CALLS.map((call) => call.name));
    expect(functions.map(([name]) => name).filter((name) => !called.has(name))).toEqual([]);
  });

  it.each(PUBLIC_CALLS)('1.2 $name answers on good input', (call) => {
    expect(firstNaN(runCall(call, columns, call.args(columns)))).toBeNull();
  });
});

describe('2. One argument spoilt: refused in words, or answered without NaN', () => {
  it.each(PUBLIC_CALLS)('2.1 $name', (call) => {
    const faults = spoiltArguments(call.args(columns)).flatMap(({ what, args }) => {
      const found = fault(() => runCall(call, columns, args));
      return found === null ? [] : [`${what}: ${found}`];
    });
    expect(faults).toEqual([]);
  });
});

/** What is wrong with the data: rows as they should be, made worse. */
type Scene = (rows: readonly DrawnRow[]) => readonly DrawnRow[];
const every =
  (change: (row: DrawnRow, i: number) => Partial<DrawnRow>): Scene =>
  (given) =>
    given.map((row, i) => ({ ...row, ...change(row, i) }));
const first =
  (count: number): Scene =>
  (given) =>
    given.slice(0, count);
const SCENES: readonly (readonly [string, Scene])[] = [
  ['one row', first(1)],
  ['two rows', first(2)],
  ['three rows', first(3)],
  ['all censored', every(() => ({ event: 0, cause: 0, outcome: 0 }))],
  ['nobody censored', every(({ cause }) => ({ event: 1, cause: Math.max(1, cause), outcome: 1 }))],
  ['one event', every((_, i) => ({ event: i === 9 ? 1 : 0, cause: i === 9 ? 1 : 0, outcome: i === 9 ? 1 : 0 }))],
  ['one group', every(() => ({ group: 'a', treated: 1, segment: 0 }))],
  ['everything at one time', every(() => ({ time: 4, start: 0 }))],
  ['everything at time 0', every(() => ({ time: 0, start: 0 }))],
  ['all entered at their end but one', every(({ time }, i) => ({ start: i === 0 ? 0 : time - 1e-9 }))],
  ['times below 0', every(({ time }) => ({ time: -time, start: 0 }))],
  ['times of 1e300', every(({ time }) => ({ time: time * 1e300, start: 0 }))],
  ['times of 1e-300', every(({ time }) => ({ time: time * 1e-300, start: 0 }))],
  ['weights of 0', every(() => ({ count: 0 }))],
  ['all weights 0 but one', every((_, i) => ({ count: i === 5 ? 1 : 0 }))],
  ['all weights of one arm 0', every(({ treated }) => ({ count: treated }))],
  ['weights of 1e300', every(({ count }) => ({ count: count * 1e300 }))],
  ['weights of 1e90', every(({ count }) => ({ count: count * 1e90 }))],
  ['weights of 1e-300', every(({ count }) => ({ count: count * 1e-300 }))],
  ['twin covariates', every(({ x }) => ({ z: 2 * x - 1 }))],
  ['covariates of one value', every(() => ({ x: 3, z: 0 }))],
  ['covariates of 1e300', every(({ x }) => ({ x: x * 1e300, amount: x * 1e300 }))],
  ['covariates of 1e-300', every(({ x }) => ({ x: x * 1e-300, amount: x * 1e-300 }))],
  ['an event known beforehand', every(({ event, outcome, treated }) => ({ x: event, z: outcome === 1 ? treated : 0 }))],
  ['treatment known beforehand', every(({ treated }) => ({ x: treated, share: treated === 1 ? 0.999999 : 1e-6 }))],
  ['time known beforehand', every(({ time }) => ({ x: -time }))],
  ['forecasts that are certain', every(({ outcome }) => ({ share: outcome }))],
  ['everyone alike', every(() => ({ ...rows[0]!, account: 'one' }))],
  ['everyone reached it at once', every(() => ({ reached: 0 }))],
  ['nobody reached it', every(() => ({ reached: null }))],
  ['amounts that do not vary', every(() => ({ amount: 5, outcome: 1 }))],
  ['amounts of 0', every(() => ({ amount: 0 }))],
  ['every row twice', (given) => given.flatMap((row) => [row, row])],
  ['rows from the last to the first', (given) => [...given].reverse()],
  [
    'a row of its own group, stratum and account each',
    every((_, i) => ({ group: `g${i}`, segment: i, account: `a${i}` })),
  ],
  ['one fold', every(() => ({ fold: 0 }))],
  ['one treated', every((_, i) => ({ treated: i === 0 ? 1 : 0 }))],
  ['one time far away', every(({ time }, i) => ({ time: i === 0 ? 1e90 : time, start: 0 }))],
  ['one covariate far away', every(({ x }, i) => ({ x: i === 0 ? 1e90 : x }))],
  ['one amount far away', every(({ amount }, i) => ({ amount: i === 0 ? -1e90 : amount }))],
  ['times that differ by rounding', every(({ time }, i) => ({ time: time + (i % 3) * 1e-15, start: 0 }))],
  ['offsets of 700', every(({ z }) => ({ offset: z === 1 ? 700 : -700 }))],
  ['shares of 0 and 1', every(({ x }) => ({ share: x > 0 ? 1 : 0 }))],
  ['competing causes of which the second never comes', every(({ cause }) => ({ cause: Math.min(1, cause) }))],
  ['the 200th cause', every(({ cause }) => ({ cause: cause === 0 ? 0 : 200 }))],
];

/** Columns that say something of each row: whatever is not one finite number a row is refused, never taken for 0. */
const IS_COLUMN =
  /\.(time|event|start|weights|counts|offset|x|z|cause|risk|outcome|events|trials|atRisk|predicted|treated|fold|numerator|denominator): /;
const IS_WRONG = /: (empty|one short|one more|(NaN|Infinity|-Infinity|undefined|null|a) (last|throughout))$/;

describe('3. A column with a hole is refused', () => {
  it.each(PUBLIC_CALLS)('3.1 $name', (call) => {
    const spoilt = spoiltArguments(call.args(columns)).filter(
      ({ what }) => IS_COLUMN.test(what) && IS_WRONG.test(what),
    );
    const answered = spoilt.filter(({ args }) => {
      try {
        runCall(call, columns, args);
        return true;
      } catch (error) {
        return !(error instanceof statistics.StatisticsError);
      }
    });
    expect(answered.map(({ what }) => what)).toEqual([]);
  });
});

describe('4. Data that say nothing, or too little', () => {
  it.each(SCENES)('4.1 %s', (_, scene) => {
    expect(faultsOf(scene(rows))).toEqual([]);
  });
});

function faultsOf(scene: readonly DrawnRow[]): string[] {
  const own = columnsOf(scene);
  return PUBLIC_CALLS.flatMap((call) => {
    const found = fault(() => runCall(call, own, call.args(own)));
    return found === null ? [] : [`${call.name}: ${found}`];
  });
}

describe('5. Several of these at once, on any rows', () => {
  it('5.1 refused in words, or answered without NaN', () => {
    const scenes = fc.uniqueArray(fc.constantFrom(...SCENES), {
      minLength: 1,
      maxLength: 3,
      selector: ([name]) => name,
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 40 }), scenes, (seed, size, chosen) => {
        const worse = chosen.reduce<readonly DrawnRow[]>((given, [, scene]) => scene(given), drawnRows(seed, size));
        expect(faultsOf(worse)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});
