import type { Micros } from '@milepost/contracts';

interface Seen {
  content: number;
  receivedAt: Micros;
}

const ENTRY_BYTES = 20;

/** An account holds at most so many identities; beyond it the oldest is forgotten before its window has passed. */
const MAX_SEEN = 20_000;

/** The identities accepted within the deduplication window, in order of receipt. */
export class SeenEvents {
  private readonly entries = new Map<number, Seen>();

  get size(): number {
    return this.entries.size;
  }

  judge(identity: number, content: number): 'new' | 'duplicate' | 'conflict' {
    const known = this.entries.get(identity);
    if (!known) return 'new';
    return known.content === content ? 'duplicate' : 'conflict';
  }

  add(identity: number, content: number, receivedAt: Micros): void {
    this.entries.set(identity, { content, receivedAt });
    if (this.entries.size > MAX_SEEN) this.entries.delete(this.entries.keys().next().value!);
  }

  forgetBefore(cutoff: Micros): void {
    for (const [identity, { receivedAt }] of this.entries) {
      if (receivedAt >= cutoff) return;
      this.entries.delete(identity);
    }
  }

  /** 20 bytes an identity: 8 hash, 4 content, 8 receipt. */
  toBytes(): Buffer {
    const bytes = Buffer.allocUnsafe(this.entries.size * ENTRY_BYTES);
    let at = 0;
    for (const [identity, { content, receivedAt }] of this.entries) {
      bytes.writeDoubleLE(identity, at);
      bytes.writeUInt32LE(content, at + 8);
      bytes.writeDoubleLE(receivedAt, at + 12);
      at += ENTRY_BYTES;
    }
    return bytes;
  }

  static fromBytes(bytes: Buffer): SeenEvents {
    const seen = new SeenEvents();
    for (let at = 0; at < bytes.length; at += ENTRY_BYTES) {
      const entry = { content: bytes.readUInt32LE(at + 8), receivedAt: bytes.readDoubleLE(at + 12) };
      seen.entries.set(bytes.readDoubleLE(at), entry);
    }
    return seen;
  }
}
