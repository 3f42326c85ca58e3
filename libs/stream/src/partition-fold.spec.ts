import { describe, expect, it } from '@jest/globals';
import type { LogRecord } from './log-record.js';
import { PartitionFold, POSITION_HEADER } from './partition-fold.js';
import type { Changes } from './partition-fold.js';
import { order, tillTopology } from './testing/till.topology.js';
import type { Till } from './testing/till.topology.js';

const options = { publishedAt: 77, appendClock: false };

function fold(...records: LogRecord[]): Changes<Till> {
  const on = new PartitionFold(tillTopology, 2);
  return on.fold(on.decode(records), options);
}
const texts = ({ entries }: Changes<Till>) => entries.map(({ record }) => `${record.topic}: ${record.value}`);

describe('1. What a decision asks for', () => {
  it('1.1 leaves in the order of inputs and outputs; pages come last', () => {
    expect(texts(fold(order(7, 'a', 'pay 5'), order(8, 'b', 'pay 1'), order(9, 'a', 'pay 2')))).toEqual([
      'receipts: a 5',
      'receipts: b 1',
      'receipts: a 7',
      'book: {"bodies":[[7,5],[8,1],[9,7]],"clock":null}',
    ]);
  });

  it('1.2 carries its place: offset, and number among the outputs of that input', () => {
    const { entries } = fold(order(7, 'a', 'pay 5'), order(8, 'b', 'pay 1'));
    expect(entries.map(({ offset, index }) => [offset, index])).toEqual([[7, 0], [8, 0], [8, 1]]); // prettier-ignore
    expect(entries.map(({ record }) => record.headers[POSITION_HEADER])).toEqual([
      'till/orders/2/7/0',
      'till/orders/2/8/0',
      undefined,
    ]);
  });

  it('1.3 knows the wall clock at publication alone', () => {
    expect(fold(order(7, 'a', 'pay 5')).entries[0]!.record.headers['published-at']).toBe('77');
  });

  it('1.4 changes the states that it touched, and no others', () => {
    const on = new PartitionFold(tillTopology, 2);
    on.states.set('b', { sum: 3 });
    on.states.set('c', { sum: 4 });
    const { states } = on.fold(on.decode([order(7, 'a', 'pay 5'), order(8, 'b', 'pay 1')]), options);
    expect([...states]).toEqual([['a', { sum: 5 }], ['b', { sum: 4 }]]); // prettier-ignore
  });

  it('1.5 must have a sink', () => {
    expect(() => fold(order(7, 'a', 'lost'))).toThrow('Topology till has no sink nowhere; declare it in its sinks.');
  });
});

describe('2. A record for another partition', () => {
  it('2.1 is sent there as it is: bytes, headers, time', () => {
    const value = Buffer.from([0, 255, 1]);
    const key = Buffer.from('far-away');
    const headers = { trace: Buffer.from([1, 2]), kind: 'text', twice: ['a', Buffer.from('b')] };
    const { entries, states, tally } = fold(order(7, '', '', { key, value, headers, timestamp: 123_000 }));
    expect(entries).toEqual([
      {
        offset: 7,
        index: 0,
        record: {
          topic: 'orders',
          partition: 5,
          key,
          value,
          headers: {
            trace: Buffer.from([1, 2]),
            kind: 'text',
            twice: Buffer.from('b'),
            [POSITION_HEADER]: 'till/orders/2/7/0',
          },
          timestamp: 123_000,
        },
      },
    ]);
    expect(states.size).toBe(0);
    expect(tally.counts).toEqual({ records: 1, misplaced: 1 });
  });
});

describe('3. A rejected record', () => {
  it.each(['broken', 'odd'])('3.1 is byte-identical: %s', (text) => {
    const headers = { trace: Buffer.from([0, 255]) };
    const record = order(7, 'a', text, { headers, timestamp: 123_000 });
    const [entry] = fold(record).entries;
    const { key, value, timestamp } = record;
    expect(entry!.record).toMatchObject({ topic: 'refused', partition: 2, key, value, timestamp });
    expect(entry!.record.headers).toMatchObject({ ...headers, [POSITION_HEADER]: 'till/orders/2/7/0' });
  });

  it('3.2 does not keep the next one back', () => {
    expect(texts(fold(order(7, 'a', 'broken'), order(8, 'a', 'odd'), order(9, 'a', 'pay 5')))).toEqual([
      'refused: broken',
      'refused: odd',
      'receipts: a 5',
      'book: {"bodies":[[9,5]],"clock":null}',
    ]);
  });

  it('3.3 needs a topic for rejects', () => {
    const on = new PartitionFold({ ...tillTopology, rejects: undefined }, 2);
    expect(() => on.fold(on.decode([order(7, 'a', 'broken')]), options)).toThrow('declares no rejects');
  });
});

describe('4. The tally', () => {
  it('4.1 says where every record went', () => {
    const words = ['pay 5', 'again', 'odd', 'broken', 'clock 5', 'wait 9', 'count 2', 'count -3'];
    const records = words.map((text, i) => order(i, 'a', text));
    expect(fold(...records, order(8, 'far', 'pay 1')).tally.counts).toEqual({
      records: 9,
      inputs: 6,
      duplicate: 1,
      misplaced: 1,
      rejected: 2,
      'violation:Malformed-JSON': 1,
      'violation:Value-Not-Allowed': 2,
      'sink:receipts': 1,
      'sink:book': 1,
      open: -1,
    });
  });

  it('4.2 adds up over batches', () => {
    const { tally } = fold(order(7, 'a', 'pay 5'));
    tally.addAll(fold(order(8, 'a', 'pay 5'), order(9, 'a', 'again')).tally.counts);
    expect(tally.counts).toMatchObject({ records: 3, duplicate: 1, 'sink:receipts': 2 });
  });
});

describe('5. The accounts that a batch needs', () => {
  const wanted = (on: PartitionFold<Till, string>, ...records: LogRecord[]) => on.accountsOf(on.decode(records)).sort();

  it('5.1 are those of its inputs, each once; rejects and misplaced records need none', () => {
    const on = new PartitionFold(tillTopology, 2);
    const records = [
      order(7, 'a', 'pay 1'),
      order(8, 'a', 'pay 1'),
      order(9, 'b', 'broken'),
      order(10, 'far', 'pay 1'),
    ];
    expect(wanted(on, ...records)).toEqual(['a']);
  });

  it('5.2 and those that its clock wakes, but for what is in memory', () => {
    const on = new PartitionFold(tillTopology, 2);
    for (const [account, due] of [['x', 90], ['y', 100], ['z', 101]] as const) on.due.set(account, due); // prettier-ignore
    on.states.set('x', { sum: 1 });
    expect(wanted(on, order(7, 'a', 'clock 100'))).toEqual(['y']);
    expect(wanted(on, order(7, 'a', 'pay 1'))).toEqual(['a']);
  });
});
