import type { Type } from 'avsc';

const FIRST_BYTES = 65_536;
/** A backlog's memory is not kept for the trickle after it. */
const MOST_KEPT_BYTES = 4_194_304;
/** A longer text is written faster by the engine. */
const SHORT = 48;

/**
 * Writes Avro's binary encoding into memory that it keeps, for what is written so often that making an object for avsc
 * to walk, and a buffer for each result, would be most of the work. What it writes avsc reads.
 */
export class AvroWriter {
  private buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);
  private at = 0;

  /** Also a block's count, an enum's place and a union's branch. Exact for safe integers. */
  long(value: number): void {
    this.reserve(10);
    const { buffer } = this;
    if (value >= -0x40000000 && value < 0x40000000) {
      let bits = (value << 1) ^ (value >> 31);
      for (; bits > 0x7f || bits < 0; bits >>>= 7) buffer[this.at++] = (bits & 0x7f) | 0x80;
      buffer[this.at++] = bits;
      return;
    }
    let whole = value >= 0 ? value : -(value + 1);
    const sign = value >= 0 ? 0 : 1;
    buffer[this.at++] = ((whole % 64) << 1) | sign | 0x80;
    for (whole = Math.floor(whole / 64); whole >= 0x80; whole = Math.floor(whole / 128))
      buffer[this.at++] = (whole & 0x7f) | 0x80;
    buffer[this.at++] = whole;
  }

  /** A union of null and long. */
  optionalLong(value: number | null): void {
    this.long(value === null ? 0 : 1);
    if (value !== null) this.long(value);
  }

  string(text: string): void {
    if (text.length <= SHORT && this.ascii(text)) return;
    const length = Buffer.byteLength(text);
    this.long(length);
    this.reserve(length);
    this.at += this.buffer.write(text, this.at, length);
  }

  bytes(bytes: Buffer): void {
    this.long(bytes.length);
    this.raw(bytes);
  }

  /** A text without its length. */
  text(text: string): void {
    this.reserve(3 * text.length);
    this.at += this.buffer.write(text, this.at);
  }

  /** What `write` writes, after its length in 32 bits, the lowest first. */
  sized(write: () => void): void {
    this.reserve(4);
    const begin = (this.at += 4);
    write();
    this.buffer.writeUInt32LE(this.at - begin, begin - 4);
  }

  /** `bytes[from, to)` as they are. */
  raw(bytes: Buffer, from = 0, to = bytes.length): void {
    this.reserve(to - from);
    bytes.copy(this.buffer, this.at, from, to);
    this.at += to - from;
  }

  value(type: Type, value: unknown): void {
    for (;;) {
      const end = type.encode(value, this.buffer, this.at);
      if (end >= 0) {
        this.at = end;
        return;
      }
      this.reserve(this.buffer.length - this.at - end);
    }
  }

  /** All that was written; the next begins anew. */
  take(): Buffer {
    const bytes = Buffer.allocUnsafe(this.at);
    this.buffer.copy(bytes, 0, 0, this.at);
    this.at = 0;
    return bytes;
  }

  /** The same without a copy: it stays as it is until something is written again. */
  takeInPlace(): Buffer {
    const bytes = this.buffer.subarray(0, this.at);
    this.at = 0;
    if (this.buffer.length > MOST_KEPT_BYTES) this.buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);
    return bytes;
  }

  /** False, and nothing written, when the text is not plain. */
  private ascii(text: string): boolean {
    this.reserve(SHORT + 2);
    const { buffer } = this;
    const begin = this.at + 1;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 0x7f) return false;
      buffer[begin + i] = unit;
    }
    buffer[this.at] = text.length << 1;
    this.at = begin + text.length;
    return true;
  }

  private reserve(length: number): void {
    const needed = this.at + length;
    if (needed <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.buffer.length));
    this.buffer.copy(larger, 0, 0, this.at);
    this.buffer = larger;
  }
}
