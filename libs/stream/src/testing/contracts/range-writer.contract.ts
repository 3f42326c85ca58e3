import assert from 'node:assert/strict';
import type { LogRecord } from '../../log-record.js';
import type { FrozenRange, RangeWriter } from '../../ports.js';
import type { Contract } from './contract.js';

export interface RangeWriterSubject {
  writer: RangeWriter;
  topic: string;
  partition: number;
  /** Offsets of the rows that were written for the partition, in order, doubles included. */
  written(): Promise<number[]>;
}

const range = ({ topic, partition, writer }: RangeWriterSubject, from: number, to: number): FrozenRange => ({
  topic,
  partition,
  from,
  to,
  schemaVersion: writer.schemaVersion,
});

/** A record with every second offset: what lies between is control records. */
const records = ({ topic, partition, from, to }: FrozenRange): LogRecord[] =>
  Array.from({ length: Math.ceil((to - from) / 2) }, (_, i) => ({
    topic,
    partition,
    offset: from + 2 * i,
    timestamp: 1_400_000_000_000_000,
    key: Buffer.from('acct_1'),
    value: Buffer.from('x'),
    headers: {},
  }));

async function write(subject: RangeWriterSubject, from: number, to: number): Promise<void> {
  const frozen = range(subject, from, to);
  await subject.writer.write(frozen, records(frozen));
}

/** The partition is the clause's own. */
export const RANGE_WRITER_CONTRACT: Contract<RangeWriterSubject> = [
  {
    promise: 'a range is written whole',
    holds: async (subject) => {
      await write(subject, 4, 9);
      assert.deepEqual(await subject.written(), [4, 6, 8]);
    },
  },
  {
    promise: 'the same range again changes nothing, at once and after others',
    holds: async (subject) => {
      await write(subject, 0, 4);
      await write(subject, 0, 4);
      await write(subject, 4, 8);
      await write(subject, 0, 4);
      assert.deepEqual(await subject.written(), [0, 2, 4, 6]);
    },
  },
  {
    promise: 'two that write the same range at once leave it once',
    holds: async (subject) => {
      await Promise.all([write(subject, 0, 6), write(subject, 0, 6)]);
      assert.deepEqual(await subject.written(), [0, 2, 4]);
    },
  },
  {
    promise: 'equal rows of another range are other rows',
    holds: async (subject) => {
      await write(subject, 0, 2);
      await write(subject, 2, 4);
      assert.deepEqual(await subject.written(), [0, 2]);
    },
  },
];
