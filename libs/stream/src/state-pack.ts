import { AvroWriter } from '@milepost/contracts';

const LENGTH_BYTES = 4;

/**
 * States of accounts in one piece of memory, which a store takes as one argument: for each the account and its bytes, each
 * after its length (32 bits, little-endian). They are written where they will be sent from, and the memory is kept for the
 * next batch: a buffer for each state, many times a second, made the engine look through its whole heap every few seconds.
 */
export class StatePack {
  private readonly to = new AvroWriter();

  add(account: string, write: (to: AvroWriter) => void): void {
    this.to.sized(() => this.to.text(account));
    this.to.sized(() => write(this.to));
  }

  /** All that was added. Stays as it is until something is added again; that begins anew. */
  take(): Buffer {
    return this.to.takeInPlace();
  }
}

/** What a `StatePack` holds. */
export function* unpackStates(packed: Buffer): Generator<[account: string, state: Buffer]> {
  const next = (from: number): Buffer => {
    const begin = from + LENGTH_BYTES;
    return packed.subarray(begin, begin + packed.readUInt32LE(from));
  };
  for (let at = 0; at < packed.length;) {
    const account = next(at);
    at += LENGTH_BYTES + account.length;
    const state = next(at);
    at += LENGTH_BYTES + state.length;
    yield [account.toString(), state];
  }
}
