import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import kafkajs from 'kafkajs';
import { partitionOf } from './murmur2.js';

/** Where kafkajs's default partitioner, which is the Java client's, puts the key. */
function placeOf(key: Uint8Array, partitions: number): number {
  const place = kafkajs.Partitioners.DefaultPartitioner();
  const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
    partitionId,
    leader: 1,
    partitionErrorCode: 0,
    replicas: [],
    isr: [],
  }));
  return place({ topic: 't', partitionMetadata, message: { key: Buffer.from(key), value: null } });
}

describe('1. An account lives where kafkajs puts its key', () => {
  it('whatever its bytes', () => {
    const partitions = fc.constantFrom(1, 8, 8, 8, 1000);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), partitions, (key, count) => {
        expect(partitionOf(key, count)).toBe(placeOf(key, count));
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['', 'a', 'ab', 'abc', 'acct_1', '会社', '👩‍🚀'])('%j', (text) => {
    expect(partitionOf(Buffer.from(text), 8)).toBe(placeOf(Buffer.from(text), 8));
  });

  // Known by heart, so that an upgrade of kafkajs can not move accounts in silence.
  it.each<[string, number]>([
    ['acct_1', 3],
    ['acct_2', 4],
    ['acct_3', 0],
  ])('%s stays in partition %d', (key, partition) => expect(partitionOf(Buffer.from(key), 8)).toBe(partition));
});
