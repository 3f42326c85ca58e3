import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeOutbox, encodeOutbox } from './outbox.js';
import type { OutboxBatch } from './outbox.js';

const bytes = fc.uint8Array({ maxLength: 20 }).map((array) => Buffer.from(array));
const offset = fc.nat(2 ** 50);
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
        headers: fc.dictionary(fc.string({ minLength: 1 }), bytes, { noNullPrototype: true }),
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
