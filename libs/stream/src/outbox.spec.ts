import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeOutbox, encodeOutbox, unpublished } from './outbox.js';
import type { OutboxBatch } from './outbox.js';
import { PartitionFold } from './partition-fold.js';
import { order, tillTopology } from './testing/till.topology.js';

const bytes = fc.uint8Array({ maxLength: 20 }).map((array) => Buffer.from(array));
const offset = fc.nat(2 ** 50);
/** kafkajs keeps headers in a plain object, so one of this name never reaches us. */
const headerName = fc.string({ minLength: 1 }).filter((name) => name !== '__proto__');
const batch: fc.Arbitrary<OutboxBatch> = fc.record({
  from: offset,
  to: offset,
  entries: fc.array(
    fc.record({
      offset,
      index: fc.nat(1000),
      record: fc.record({
        topic: fc.string(),
        partition: fc.option(fc.nat(7)),
        key: fc.option(bytes),
        value: fc.option(bytes),
        headers: fc.dictionary(headerName, bytes, { noNullPrototype: true }),
        timestamp: fc.option(offset),
      }),
    }),
    { maxLength: 5 },
  ),
});

describe('1. A batch comes back from its bytes', () => {
  it('1.1 byte for byte', () => {
    fc.assert(fc.property(batch, (one) => expect(decodeOutbox(encodeOutbox(one))).toEqual(one)));
  });

  it('1.2 with texts of headers as bytes, which is what Kafka makes of them', () => {
    const record = { topic: 't', partition: null, key: null, value: null, headers: { 'a-ü': 'Zoë' }, timestamp: null };
    const [entry] = decodeOutbox(encodeOutbox({ from: 1, to: 2, entries: [{ offset: 1, index: 0, record }] })).entries;
    expect(entry!.record.headers).toEqual({ 'a-ü': Buffer.from('Zoë') });
  });

  it('1.3 with null apart from empty', () => {
    const record = { topic: 't', partition: 0, key: Buffer.alloc(0), value: null, headers: {}, timestamp: 0 };
    const [entry] = decodeOutbox(encodeOutbox({ from: 1, to: 2, entries: [{ offset: 1, index: 0, record }] })).entries;
    expect(entry!.record).toEqual(record);
  });
});

describe('2. What has still to be published', () => {
  /** Payments at offsets 10, 11, … of one batch, as the outbox keeps them. */
  const paid = (count: number): OutboxBatch => {
    const fold = new PartitionFold(tillTopology, 2);
    const orders = Array.from({ length: count }, (_, i) => order(10 + i, 'ann', 'pay 1'));
    const { entries } = fold.fold(fold.decode(orders), { publishedAt: 0, appendClock: false });
    return decodeOutbox(encodeOutbox({ from: 10, to: 10 + count, entries }));
  };
  const left = (confirmed: number, next: number): string[] =>
    unpublished([paid(3)], { confirmed, next }, tillTopology.sinks).map(({ value }) => value!.toString());

  it('2.1 is all of it when nothing of the batch is out', () => {
    expect(left(10, 13)).toEqual(['ann 1', 'ann 2', 'ann 3', '{"bodies":[[10,1],[11,2],[12,3]],"clock":null}']);
  });

  it('2.2 is nothing when all of it is', () => {
    expect(left(13, 13)).toEqual([]);
  });

  it('2.3 is the rest, of records and in a page, when a part of it is', () => {
    expect(left(12, 13)).toEqual(['ann 3', '{"bodies":[[12,3]],"clock":null}']);
  });
});
