import type { Type } from 'avsc';
import { schemaFingerprint } from './schema-fingerprint.js';

const MAGIC = 0x01c3;
const HEADER_BYTES = 10;

export type SingleObjectFault = 'Unknown-Encoding' | 'Unknown-Schema' | 'Malformed-Avro';

/**
 * Avro single-object encoding: `C3 01`, the writer schema's fingerprint, the body. Every version ever written stays
 * in `writers`, so that an old record is readable after an upgrade: it is resolved into the newest.
 */
export class SingleObjectCodec<T> {
  private readonly header: Buffer;
  private readonly decoders = new Map<bigint, (body: Buffer) => T>();

  constructor(
    private readonly type: Type,
    writers: Type[] = [],
  ) {
    this.header = Buffer.concat([Buffer.from([0xc3, 0x01]), schemaFingerprint(type)]);
    for (const writer of [...writers, type]) {
      const resolver = writer === type ? undefined : type.createResolver(writer);
      this.decoders.set(schemaFingerprint(writer).readBigUInt64LE(), (body) => type.fromBuffer(body, resolver) as T);
    }
  }

  encode(value: T): Buffer {
    return Buffer.concat([this.header, this.type.toBuffer(value)]);
  }

  /** The value, or the name of what is wrong with the bytes. Never throws: bad bytes are data. */
  decode(bytes: Buffer): { value: T } | { fault: SingleObjectFault } {
    if (bytes.length < HEADER_BYTES || bytes.readUInt16LE(0) !== MAGIC) return { fault: 'Unknown-Encoding' };
    const decoder = this.decoders.get(bytes.readBigUInt64LE(2));
    if (!decoder) return { fault: 'Unknown-Schema' };
    try {
      return { value: decoder(bytes.subarray(HEADER_BYTES)) };
    } catch {
      return { fault: 'Malformed-Avro' };
    }
  }

  /** For bytes that we wrote ourselves: anything unreadable there is a broken store, not bad input. */
  decodeOwn(bytes: Buffer, where: string): T {
    const decoded = this.decode(bytes);
    if ('value' in decoded) return decoded.value;
    throw new Error(`${where}: ${decoded.fault}. It was written by a newer version, or its bytes are damaged.`);
  }
}
