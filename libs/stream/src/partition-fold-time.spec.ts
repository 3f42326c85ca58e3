import { describe, expect, it } from '@jest/globals';
import { PartitionFold } from './partition-fold.js';
import { order, tillTopology } from './testing/till.topology.js';

const options = { publishedAt: 0, appendClock: false };
const topology = { ...tillTopology, clockSink: undefined };

function partition(due: Record<string, number> = {}) {
  const on = new PartitionFold(topology, 2);
  for (const [account, at] of Object.entries(due)) on.due.set(account, at);
  let offset = 0;
  const run = (...words: [account: string, text: string][]) => {
    const changes = on.fold(on.decode(words.map(([account, text]) => order(offset++, account, text))), options);
    return { ...changes, texts: changes.entries.map(({ record }) => record.value!.toString()) };
  };
  return { on, run };
}

describe('1. A clock', () => {
  it('1.1 wakes who is due, by instant, then by account', () => {
    const { run } = partition({ d: 7, b: 5, c: 5, a: 6, e: 8 });
    expect(run(['', 'clock 7']).texts).toEqual(['b woke at 7', 'c woke at 7', 'a woke at 7', 'd woke at 7']);
  });

  it('1.2 takes those it woke out of the stored index', () => {
    const { run } = partition({ a: 5, b: 5, c: 9 });
    expect([...run(['', 'clock 5']).due]).toEqual([['a', null], ['b', null]]); // prettier-ignore
  });

  it('1.3 wakes nobody twice, also when it is repeated or goes back', () => {
    const { run, on } = partition({ a: 5 });
    expect(run(['', 'clock 5'], ['', 'clock 5'], ['', 'clock 3']).texts).toEqual(['a woke at 5']);
    expect(on.clock).toBe(5);
  });

  it('1.4 decides after the inputs before it and before those behind it', () => {
    const { run } = partition();
    expect(run(['a', 'wait 5'], ['', 'clock 5'], ['b', 'wait 5'], ['', 'clock 6']).texts).toEqual([
      'a woke at 5',
      'b woke at 6',
    ]);
  });

  it('1.5 leaves an account with nothing to say changed, because it was looked at', () => {
    const { run } = partition({ silent: 5 });
    const { entries, states } = run(['', 'clock 5']);
    expect([entries, [...states.keys()]]).toEqual([[], ['silent']]);
  });
});

describe('2. A due instant', () => {
  it('2.1 is stored when it is new or earlier, not when it moves away', () => {
    const { run } = partition();
    expect([...run(['a', 'wait 9']).due]).toEqual([['a', 9]]);
    expect([...run(['a', 'wait 12'], ['a', 'pay 1']).due]).toEqual([]);
    expect([...run(['a', 'wait 4']).due]).toEqual([['a', 4]]);
  });

  it('2.2 that follows from a waking replaces the one that was taken out', () => {
    const { run } = partition({ 'every-10': 5 });
    expect([...run(['', 'clock 7']).due]).toEqual([['every-10', 17]]);
    expect(run(['', 'clock 16']).texts).toEqual([]);
    expect(run(['', 'clock 17']).texts).toEqual(['every-10 woke at 17']);
  });
});

describe('3. A topology that carries the clock', () => {
  const carrying = () => new PartitionFold({ ...tillTopology, clockSink: 'book' }, 2);
  const at = (offset: number, timestamp: number, text = 'pay 1') => order(offset, 'a', text, { timestamp });

  it('3.1 takes the largest time of its records, also of rejected ones', () => {
    const on = carrying();
    expect(on.fold(on.decode([at(0, 50), at(1, 90, 'broken'), at(2, 70)]), options).clock).toBe(90);
  });

  it('3.2 appends it to its sink when it is asked to', () => {
    const on = carrying();
    const changes = on.fold(on.decode([at(0, 50)]), { ...options, appendClock: true });
    expect(changes.entries.at(-1)!.record.value!.toString()).toBe('{"bodies":[[0,1]],"clock":50}');
  });

  it('3.3 says nothing before its first record', () => {
    const on = carrying();
    expect(on.fold([], { ...options, appendClock: true }).entries).toEqual([]);
  });
});
