import { SECOND } from '@milepost/contracts';
import type { AvroWriter, Micros } from '@milepost/contracts';

/** 6 identity, 2 content. */
const ENTRY_BYTES = 8;
const CONTENT_AT = 6;
/** Seconds of some 34 years, seven bits a byte. */
const MOST_RECEIPT_BYTES = 5;
const MOST_SECONDS = 2 ** 32 - 1;

/** An account holds at most so many identities; beyond it the oldest is forgotten before its window has passed. */
const MAX_SEEN = 20_000;

/** Up to here looking at every entry is quicker than keeping an index of them. */
const MAX_SCANNED = 256;

export const IDENTITY_BITS = 48;
export const CONTENT_BITS = 16;

export interface StoredSeen {
  /** How many identities. */
  count: number;
  /** Second of the first one's receipt. */
  oldest: number;
  bytes: Buffer;
}

/**
 * The identities accepted within the deduplication window, in order of receipt. They are kept as they are stored, so
 * that an account which is read and written again costs two copies of bytes, however many events it has had: entries
 * grow from the front of the memory; from its end towards them, newest first, the seconds that each was received after
 * the one before. An entry is held as long as the one before it, so a record with an older time adds none.
 */
export class SeenEvents {
  private bytes: Buffer;
  private begin = 0;
  private end: number;
  /** Receipts lie in `bytes[receipts, receiptsEnd)`: the first entry's is `oldest`, so there is one less. */
  private receipts: number;
  private receiptsEnd: number;
  private oldest: number;
  /** Second of the last entry's receipt; -1 until it is asked for. */
  private newest = -1;
  /** Place of each identity, once there are many. */
  private index: Map<number, number> | null = null;

  constructor({ count, oldest, bytes }: StoredSeen = { count: 0, oldest: 0, bytes: Buffer.alloc(0) }) {
    this.bytes = bytes;
    this.end = count * ENTRY_BYTES;
    this.receipts = this.end;
    this.receiptsEnd = bytes.length;
    this.oldest = oldest;
  }

  get size(): number {
    return (this.end - this.begin) / ENTRY_BYTES;
  }

  judge(identity: number, content: number): 'new' | 'duplicate' | 'conflict' {
    const place = this.placeOf(identity);
    if (place === -1) return 'new';
    return this.bytes.readUInt16LE(place + CONTENT_AT) === content ? 'duplicate' : 'conflict';
  }

  add(identity: number, content: number, receivedAt: Micros): void {
    if (this.end + ENTRY_BYTES + MOST_RECEIPT_BYTES > this.receipts) this.grow();
    const second = Math.min(MOST_SECONDS, Math.max(0, Math.floor(receivedAt / SECOND)));
    if (this.begin === this.end) this.oldest = this.newest = second;
    else this.received(second);
    this.bytes.writeUIntLE(identity, this.end, 6);
    this.bytes.writeUInt16LE(content, this.end + CONTENT_AT);
    this.index?.set(identity, this.end);
    this.end += ENTRY_BYTES;
    if (this.size > MAX_SEEN) this.forgetFirst();
  }

  /** An entry goes when the whole second of its receipt lies before the cutoff. */
  forgetBefore(cutoff: Micros): void {
    const first = Math.floor(cutoff / SECOND);
    while (this.begin < this.end && this.oldest < first) this.forgetFirst();
  }

  toStored(): StoredSeen {
    const entries = this.bytes.subarray(this.begin, this.end);
    const receipts = this.bytes.subarray(this.receipts, this.receiptsEnd);
    return { count: this.size, oldest: this.oldest, bytes: Buffer.concat([entries, receipts]) };
  }

  /** The fields of a `StoredSeen`, in their order. */
  write(to: AvroWriter): void {
    to.long(this.size);
    to.long(this.oldest);
    to.long(this.end - this.begin + this.receiptsEnd - this.receipts);
    to.raw(this.bytes, this.begin, this.end);
    to.raw(this.bytes, this.receipts, this.receiptsEnd);
  }

  /** Lower bytes lie further from the entries, so that the oldest receipt is read from the end. */
  private received(second: number): void {
    if (this.newest === -1) this.newest = this.lastReceipt();
    let after = Math.max(0, second - this.newest);
    this.newest += after;
    for (; after > 0x7f; after = Math.floor(after / 128)) this.bytes[--this.receipts] = (after & 0x7f) | 0x80;
    this.bytes[--this.receipts] = after;
  }

  private lastReceipt(): number {
    let last = this.oldest;
    for (let at = this.receiptsEnd; at > this.receipts; at = this.skipReceipt(at)) last += this.receiptAt(at);
    return last;
  }

  private receiptAt(end: number): number {
    let after = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes[--end]!;
      after += (byte & 0x7f) * scale;
      if (byte < 0x80) return after;
    }
  }

  private skipReceipt(end: number): number {
    while (this.bytes[--end]! >= 0x80);
    return end;
  }

  private placeOf(identity: number): number {
    if (this.size > MAX_SCANNED) return (this.index ??= this.indexed()).get(identity) ?? -1;
    const { bytes, begin } = this;
    const low = identity % 4294967296;
    const high = (identity - low) / 4294967296;
    for (let at = this.end - ENTRY_BYTES; at >= begin; at -= ENTRY_BYTES) {
      const isLow =
        (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0 === low;
      if (isLow && (bytes[at + 4]! | (bytes[at + 5]! << 8)) === high) return at;
    }
    return -1;
  }

  private indexed(): Map<number, number> {
    const index = new Map<number, number>();
    for (let at = this.begin; at < this.end; at += ENTRY_BYTES) index.set(this.bytes.readUIntLE(at, 6), at);
    return index;
  }

  private forgetFirst(): void {
    this.index?.delete(this.bytes.readUIntLE(this.begin, 6));
    this.begin += ENTRY_BYTES;
    if (this.begin === this.end) return;
    this.oldest += this.receiptAt(this.receiptsEnd);
    this.receiptsEnd = this.skipReceipt(this.receiptsEnd);
  }

  /** Room for half as many again; what was forgotten goes. */
  private grow(): void {
    const size = this.end - this.begin;
    const receipts = this.receiptsEnd - this.receipts;
    const more = Math.max(4, Math.ceil(this.size / 2));
    const bytes = Buffer.allocUnsafe(size + receipts + more * (ENTRY_BYTES + 3) + MOST_RECEIPT_BYTES);
    this.bytes.copy(bytes, 0, this.begin, this.end);
    this.bytes.copy(bytes, bytes.length - receipts, this.receipts, this.receiptsEnd);
    this.bytes = bytes;
    this.begin = 0;
    this.end = size;
    this.receiptsEnd = bytes.length;
    this.receipts = bytes.length - receipts;
    this.index = null;
  }
}
