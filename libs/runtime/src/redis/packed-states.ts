const LENGTH_BYTES = 4;

/**
 * States as one argument, because a client that frames thousands of small ones takes longer than Redis does to store
 * them: for each the account and its bytes, each after its length (32 bits, little-endian), as Redis's `struct` reads.
 */
export function packStates(states: readonly (readonly [account: string, state: Buffer])[]): Buffer {
  let size = 0;
  for (const [account, state] of states) size += 2 * LENGTH_BYTES + 3 * account.length + state.length;
  const packed = Buffer.allocUnsafe(size);
  let at = 0;
  for (const [account, state] of states) {
    const length = packed.write(account, at + LENGTH_BYTES);
    packed.writeUInt32LE(length, at);
    at += LENGTH_BYTES + length;
    packed.writeUInt32LE(state.length, at);
    at += LENGTH_BYTES + state.copy(packed, at + LENGTH_BYTES);
  }
  return packed.subarray(0, at);
}
