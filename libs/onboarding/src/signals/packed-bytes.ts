import type { AvroWriter } from '@milepost/contracts';

const FIRST_BYTES = 256;

/** Bytes that grow at their end. Whole numbers are written seven bits a byte, the lowest first. */
export class PackedWriter {
  private bytes: Buffer;
  private end: number;

  /** Goes on behind `bytes`, which is not written to. */
  constructor(bytes: Buffer = Buffer.alloc(0)) {
    this.bytes = bytes;
    this.end = bytes.length;
  }

  get length(): number {
    return this.end;
  }

  /** A view, until more is written. */
  written(): Buffer {
    return this.bytes.subarray(0, this.end);
  }

  copyTo(to: AvroWriter): void {
    to.raw(this.bytes, 0, this.end);
  }

  /** Exact for safe integers from 0. */
  whole(value: number): void {
    this.reserve(8);
    const { bytes } = this;
    while (value > 0x7fffffff) {
      bytes[this.end++] = (value % 128) | 0x80;
      value = Math.floor(value / 128);
    }
    for (; value > 0x7f; value >>>= 7) bytes[this.end++] = (value & 0x7f) | 0x80;
    bytes[this.end++] = value;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.end++] = value;
  }

  text(text: string): void {
    const length = Buffer.byteLength(text);
    this.whole(length);
    this.reserve(length);
    this.end += this.bytes.write(text, this.end, length);
  }

  private reserve(length: number): void {
    if (this.end + length <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(FIRST_BYTES, this.end + length, Math.ceil(1.5 * this.end)));
    this.bytes.copy(larger, 0, 0, this.end);
    this.bytes = larger;
  }
}

/** Reads what a `PackedWriter` wrote. */
export class PackedReader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  whole(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }

  byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new Error('State of the signals service: its history is cut short.');
    return byte;
  }

  text(): string {
    const length = this.whole();
    const text = this.bytes.toString('utf8', this.at, this.at + length);
    this.at += length;
    return text;
  }
}
