import type { Micros } from '@milepost/contracts';

/** Crockford's base 32, as in ULIDs. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const PAIRS = Array.from({ length: 1024 }, (_, n) => ALPHABET[n >> 5]! + ALPHABET[n & 31]!);

/**
 * Names an account's events by 26 characters like a ULID's: the time in milliseconds, then the account's number and
 * the event's, then a hash of what the run and the account are called. Unique within a run by the numbers; two runs of
 * other seeds meet in none by the hash.
 */
export class EventIds {
  private readonly number: string;
  private readonly hash: string;

  constructor(run: number, account: string) {
    const hash = hashOf(`${run}/${account}`);
    const number = Number(/\d{1,9}$/.exec(account)?.[0] ?? 0);
    this.number = base32(number, 6);
    this.hash = base32(hash & 0x3fffffff, 6);
  }

  /** `n` below 2^20. */
  of(at: Micros, n: number): string {
    return base32(Math.floor(at / 1000), 10) + this.number + base32(n, 4) + this.hash;
  }
}

/** FNV-1a, then murmur's finish, so that near names lie apart. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** `length` is even. */
function base32(value: number, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest = Math.floor(rest / 1024)) text = PAIRS[rest % 1024]! + text;
  return text;
}
