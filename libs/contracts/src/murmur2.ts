/** Kafka's key hash (Java client, kafkajs), as a signed 32-bit integer. */
function murmur2(key: Uint8Array): number {
  const M = 0x5bd1e995;
  let hash = 0x9747b28c ^ key.length;
  const tail = key.length & ~3;
  for (let i = 0; i < tail; i += 4) {
    let k = key[i]! | (key[i + 1]! << 8) | (key[i + 2]! << 16) | (key[i + 3]! << 24);
    k = Math.imul(k, M);
    k = Math.imul(k ^ (k >>> 24), M);
    hash = Math.imul(hash, M) ^ k;
  }
  for (let i = key.length - 1; i >= tail; i--) hash ^= key[i]! << (8 * (i - tail));
  if (key.length > tail) hash = Math.imul(hash, M);
  hash = Math.imul(hash ^ (hash >>> 13), M);
  return hash ^ (hash >>> 15);
}

/** Where an account lives: `murmur2(key) % partitions`, as Java clients and kafkajs place it. */
export function partitionOf(key: Uint8Array, partitions: number): number {
  return (murmur2(key) & 0x7fffffff) % partitions;
}
