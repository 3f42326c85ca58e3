import avro from 'avsc';
import type { Type } from 'avsc';
import { AvroWriter } from './avro-writer.js';
import { schemaFingerprint } from './schema-fingerprint.js';

const MAGIC = 0x01c3;
const HEADER_BYTES = 10;

/** Encoding is synchronous, so one serves all. */
const WRITER = new AvroWriter();

export type SingleObjectFault = 'Unknown-Encoding' | 'Unknown-Schema' | 'Malformed-Avro';

/**
 * Avro single-object encoding: `C3 01`, the writer schema's fingerprint, the body. Every version ever written stays
 * in `writers`, so that an old record is readable after an upgrade: it is resolved into the newest.
 */
export class SingleObjectCodec<T> {
  private readonly header: Buffer;
  /** Halves of our own schema's fingerprint: nearly all that is read has it, and costs no bigint. */
  private readonly low: number;
  private readonly high: number;
  /** Of other versions' schemas. */
  private readonly decoders = new Map<bigint, (body: Buffer) => T>();

  constructor(
    private readonly type: Type,
    writers: Type[] = [],
  ) {
    const fingerprint = schemaFingerprint(type);
    this.header = Buffer.concat([Buffer.from([0xc3, 0x01]), fingerprint]);
    this.low = fingerprint.readUInt32LE(0);
    this.high = fingerprint.readUInt32LE(4);
    for (const writer of writers) {
      const resolver = type.createResolver(writer);
      this.decoders.set(schemaFingerprint(writer).readBigUInt64LE(), (body) => type.fromBuffer(body, resolver) as T);
    }
  }

  /** What we write with, for those who will read it. */
  get schema(): string {
    return JSON.stringify(this.type.schema());
  }

  /** Whether `decode` can read what was written like this. */
  knows(bytes: Buffer): boolean {
    return bytes.length >= HEADER_BYTES && (this.isOurs(bytes) || this.decoders.has(bytes.readBigUInt64LE(2)));
  }

  /**
   * Takes in a schema that another version writes with: fields that it lacks get our defaults, those that we lack are
   * dropped (Avro's schema resolution). One that can't be resolved stays unknown.
   */
  learn(schema: string): void {
    const writer = avro.Type.forSchema(JSON.parse(schema) as avro.Schema);
    const header = schemaFingerprint(writer);
    const fingerprint = header.readBigUInt64LE();
    if (this.isOurs(header, 0) || this.decoders.has(fingerprint)) return;
    let resolver: ReturnType<Type['createResolver']>;
    try {
      resolver = this.type.createResolver(writer);
    } catch {
      return; // Who meets bytes of it says that it does not know them.
    }
    this.decoders.set(fingerprint, (body) => this.type.fromBuffer(body, resolver) as T);
  }

  encode(value: T): Buffer {
    return this.encodeBy((to) => to.value(this.type, value));
  }

  /** `write` writes the body, exactly as the schema has it. */
  encodeBy(write: (to: AvroWriter) => void): Buffer {
    this.writeHeader(WRITER);
    try {
      write(WRITER);
    } catch (error) {
      WRITER.take();
      throw error;
    }
    return WRITER.take();
  }

  /** What stands before a body, for one that is written among other things. */
  writeHeader(to: AvroWriter): void {
    to.raw(this.header);
  }

  /** The value, or the name of what is wrong with the bytes. Never throws: bad bytes are data. */
  decode(bytes: Buffer): { value: T } | { fault: SingleObjectFault } {
    if (bytes.length < HEADER_BYTES || bytes.readUInt16LE(0) !== MAGIC) return { fault: 'Unknown-Encoding' };
    const decoder = this.isOurs(bytes) ? this.fromOurs : this.decoders.get(bytes.readBigUInt64LE(2));
    if (!decoder) return { fault: 'Unknown-Schema' };
    try {
      return { value: decoder(bytes.subarray(HEADER_BYTES)) };
    } catch {
      return { fault: 'Malformed-Avro' };
    }
  }

  /** The body alone, where it was written in the newest schema. */
  bodyOf(bytes: Buffer): Buffer | null {
    if (bytes.length < HEADER_BYTES || bytes.readUInt16LE(0) !== MAGIC || !this.isOurs(bytes)) return null;
    return bytes.subarray(HEADER_BYTES);
  }

  private isOurs(bytes: Buffer, at = 2): boolean {
    return bytes.readUInt32LE(at) === this.low && bytes.readUInt32LE(at + 4) === this.high;
  }

  private readonly fromOurs = (body: Buffer): T => this.type.fromBuffer(body) as T;

  /** For bytes that we wrote ourselves: anything unreadable there is a broken store, not bad input. */
  decodeOwn(bytes: Buffer, where: string): T {
    const decoded = this.decode(bytes);
    if ('value' in decoded) return decoded.value;
    throw new Error(`${where}: ${decoded.fault}. It was written by a newer version, or its bytes are damaged.`);
  }
}
