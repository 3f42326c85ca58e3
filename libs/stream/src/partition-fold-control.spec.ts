import { describe, expect, it } from '@jest/globals';
import { CONTROL_HEADER, sha256 } from '@milepost/contracts';
import { checkMarkers, requireKnownMarkers } from './check-markers.js';
import { PartitionFold } from './partition-fold.js';
import type { ControlLog } from './ports.js';
import { order, tillTopology } from './testing/till.topology.js';
import type { LogRecord } from './log-record.js';

const options = { publishedAt: 0, appendClock: false };
const topology = { ...tillTopology, clockSink: 'book' };
const marker = (offset: number, value: string, sequence = 0, changed: Partial<LogRecord> = {}): LogRecord =>
  order(offset, '', value, { key: null, headers: { [CONTROL_HEADER]: String(sequence) }, ...changed });

const newFold = () => new PartitionFold(topology, 2);
const fold = (on: ReturnType<typeof newFold>, ...records: LogRecord[]) => on.fold(on.decode(records), options);

describe('1. An account that is forgotten', () => {
  it('1.1 is gone from the states that are stored, and from the due index; its hash is kept', () => {
    const on = newFold();
    fold(on, order(1, 'ann', 'pay 5'), order(2, 'ann', 'wait 90'));
    const { states, due, forgotten, control } = fold(on, order(3, 'ann', 'pay 1'), marker(4, 'ann', 6));
    expect([states.size, [...due], [...forgotten], control]).toEqual([0, [['ann', null]], [['ann', sha256('ann')]], 7]); // prettier-ignore
    expect([on.states.has('ann'), on.due.size]).toEqual([false, 0]);
  });

  it('1.2 is not loaded again by a later part of the same batch, whose store still has it', () => {
    const on = newFold();
    const batch = on.begin(options);
    batch.add(on.decode([marker(1, 'ann')]));
    const later = on.decode([order(2, 'ann', 'pay 5')]);
    expect(on.accountsOf(later)).toEqual([]);
    batch.add(later);
    expect(batch.finish().tally.counts).toMatchObject({ erased: 1, control: 1 });
  });

  it('1.3 is decided on before it goes: with the state that it has', () => {
    const on = newFold();
    expect(on.accountsOf(on.decode([marker(1, 'ann')]))).toEqual(['ann']);
    on.states.set('ann', { sum: 8 });
    const { entries } = fold(on, marker(1, 'ann'));
    expect(entries.map(({ record }) => String(record.value))).toEqual(['ann 8 forgotten']);
  });

  it('1.4 leaves others alone', () => {
    const on = newFold();
    fold(on, order(1, 'bob', 'pay 5'), marker(2, 'ann'));
    expect(fold(on, order(3, 'bob', 'pay 1')).states.get('bob')).toEqual({ sum: 6 });
  });
});

describe('2. A marker', () => {
  it('2.1 moves no stream time: it may stand in the middle of history', () => {
    const on = newFold();
    fold(on, order(1, 'bob', 'pay 5'), marker(2, 'ann', 0, { timestamp: 99 }));
    expect(on.clock).toBe(1);
  });

  it('2.2 that repeats an older one sets nothing back', () => {
    const on = newFold();
    fold(on, marker(1, 'ann', 4), marker(2, 'ann', 2));
    expect(on.control).toBe(5);
  });

  it('2.3 of a kind that is not known stops the partition', () => {
    expect(() => requireKnownMarkers(newFold().decode([marker(1, 'unknown')]))).toThrow('control-unknown');
  });
});

describe('3. What is checked against the control log', () => {
  const log: ControlLog = {
    end: () => Promise.resolve(1),
    read: (sequence) => Promise.resolve(sequence === 0 ? Buffer.from('ann') : null),
  };
  const checked = async (record: LogRecord): Promise<string> => {
    const decoded = newFold().decode([record]);
    await checkMarkers(decoded, log);
    const [{ decoded: step }] = decoded as [(typeof decoded)[0]];
    return step.kind === 'rejected' ? step.violations[0]!.code : step.kind;
  };

  it('3.1 is as it was written', async () => expect(await checked(marker(1, 'ann'))).toBe('control'));
  it('3.2 says something else', async () => expect(await checked(marker(1, 'bob'))).toBe('Forged-Marker'));
  it('3.3 was never written', async () => expect(await checked(marker(1, 'ann', 1))).toBe('Forged-Marker'));
  it('3.4 is no marker', async () => expect(await checked(order(1, 'ann', 'pay 5'))).toBe('inputs'));
});
