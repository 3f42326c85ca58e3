import assert from 'node:assert/strict';
import type { OutRecord } from '../../log-record.js';
import type { LogReader, PartitionPublisher } from '../../ports.js';
import type { Contract } from './contract.js';

export interface PublisherSubject {
  /** A publisher for the subject's partition, as each time another process has it. */
  publisher(): PartitionPublisher;
  /** Transactional id of the producer that publishes for the partition. */
  publisherId(): Promise<string>;
  log: LogReader;
  /** The input topic, whose committed offset moves. */
  topic: string;
  /** A topic to write to. */
  outputs: string;
  partition: number;
  /** Begins a transaction as the producer of this id, writes one record to `outputs`, and leaves it open. */
  leaveOpen(transactionalId: string, value: string): Promise<void>;
  /** Values of `outputs` that a `read_committed` reader gets, in order. */
  read(): Promise<string[]>;
}

const record = ({ outputs, partition }: PublisherSubject, value: string): OutRecord => ({
  topic: outputs,
  partition,
  key: Buffer.from('key'),
  value: Buffer.from(value),
  headers: { 'milepost-position': value },
  timestamp: 1_700_000_000_000_000,
});
const at = (offset: number, metadata = ''): { offset: number; metadata: string } => ({ offset, metadata });

async function fenced(subject: PublisherSubject): Promise<PartitionPublisher> {
  const publisher = subject.publisher();
  await publisher.fence();
  return publisher;
}

/** A commit is answered before it is seen; a fencing waits until it is, which is why takeovers read only after one. */
async function settled<T>(subject: PublisherSubject, look: () => Promise<T>): Promise<T> {
  const publisher = await fenced(subject);
  const seen = await look();
  await publisher.close();
  return seen;
}

const committed = (subject: PublisherSubject) =>
  settled(subject, () => subject.log.committed(subject.topic, subject.partition));
const read = (subject: PublisherSubject) => settled(subject, () => subject.read());

/** Topics and transactional id are the clause's own. */
export const PUBLISHER_CONTRACT: Contract<PublisherSubject> = [
  {
    promise: 'a group that has committed nothing says so',
    holds: async (subject) => assert.equal(await committed(subject), null),
  },
  {
    promise: 'records and offset come out together, in order',
    holds: async (subject) => {
      const publisher = await fenced(subject);
      await publisher.publish(['a', 'b', 'c'].map((value) => record(subject, value)), at(3)); // prettier-ignore
      await publisher.publish([record(subject, 'd')], at(4));
      assert.deepEqual(await read(subject), ['a', 'b', 'c', 'd']);
      assert.deepEqual(await committed(subject), at(4));
      await publisher.close();
    },
  },
  {
    promise: 'any number of small records with large headers comes out, as rejections do',
    holds: async (subject) => {
      const publisher = await fenced(subject);
      const headers = { 'milepost.violations': 'x'.repeat(1_500) };
      const records = Array.from({ length: 2_000 }, (_, i) => ({ ...record(subject, `${i}`), headers }));
      await publisher.publish(records, at(3));
      assert.equal((await read(subject)).length, 2_000);
      await publisher.close();
    },
  },
  {
    promise: 'an offset may come alone, with metadata',
    holds: async (subject) => {
      const publisher = await fenced(subject);
      await publisher.publish([], at(0, '{"from":0,"to":9}'));
      assert.deepEqual(await committed(subject), at(0, '{"from":0,"to":9}'));
      await publisher.close();
    },
  },
  {
    promise: 'the newest offset counts, and its metadata',
    holds: async (subject) => {
      const publisher = await fenced(subject);
      await publisher.publish([], at(0, '{"from":0,"to":9}'));
      await publisher.publish([], at(9));
      assert.deepEqual(await committed(subject), at(9));
      await publisher.close();
    },
  },
  {
    promise: 'records may come alone, and leave the offset',
    holds: async (subject) => {
      const publisher = await fenced(subject);
      await publisher.publish([], at(5));
      await publisher.publish([record(subject, 'clock')], null);
      assert.deepEqual(await read(subject), ['clock']);
      assert.deepEqual(await committed(subject), at(5));
      await publisher.close();
    },
  },
  {
    promise: 'who was fenced publishes nothing more',
    holds: async (subject) => {
      const old = await fenced(subject);
      await old.publish([record(subject, 'a')], at(1));
      const publisher = await fenced(subject);
      await assert.rejects(old.publish([record(subject, 'zombie')], at(2)), { code: 'log-unavailable' });
      await publisher.publish([record(subject, 'b')], at(2));
      assert.deepEqual(await read(subject), ['a', 'b']);
      assert.deepEqual(await committed(subject), at(2));
      await Promise.all([old.close(), publisher.close()]);
    },
  },
  {
    promise: 'what was left open is never seen, and holds up nobody',
    holds: async (subject) => {
      const first = await fenced(subject);
      await first.publish([record(subject, 'a')], at(1));
      await subject.leaveOpen(await subject.publisherId(), 'undecided');
      const publisher = await fenced(subject);
      await publisher.publish([record(subject, 'b')], at(2));
      assert.deepEqual(await read(subject), ['a', 'b']);
      await Promise.all([first.close(), publisher.close()]);
    },
  },
  {
    promise: 'the end of the log counts what decides transactions, too',
    holds: async (subject) => {
      const publisher = await fenced(subject);
      await publisher.publish([record(subject, 'a')], at(1));
      await publisher.publish([record(subject, 'b')], at(2));
      const { low, high } = await settled(subject, () => subject.log.bounds(subject.outputs, subject.partition));
      assert.deepEqual([low, high], [0, 4]);
      await publisher.close();
    },
  },
];
