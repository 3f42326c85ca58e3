import type { Type } from 'avsc';

/**
 * CRC-64-AVRO (the Rabin fingerprint) of a schema's Parsing Canonical Form, as the Avro specification defines it;
 * avsc offers MD5 only. Run once per schema, so BigInt is fast enough.
 */
const EMPTY = 0xc15d213aa4d7a795n;

const TABLE = Array.from({ length: 256 }, (_, byte) => {
  let fingerprint = BigInt(byte);
  for (let bit = 0; bit < 8; bit++) fingerprint = (fingerprint >> 1n) ^ (fingerprint & 1n ? EMPTY : 0n);
  return fingerprint;
});

export function crc64Avro(bytes: Uint8Array): bigint {
  let fingerprint = EMPTY;
  for (const byte of bytes) {
    fingerprint = (fingerprint >> 8n) ^ TABLE[Number((fingerprint ^ BigInt(byte)) & 0xffn)]!;
  }
  return fingerprint;
}

/** The 8 bytes that follow `C3 01` in single-object encoding: the fingerprint, little-endian. */
export function schemaFingerprint(type: Type): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(crc64Avro(Buffer.from(JSON.stringify(type.schema()), 'utf8')));
  return bytes;
}
