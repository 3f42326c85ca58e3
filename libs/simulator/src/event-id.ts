const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 26 characters like a ULID: readable, unique within the company, the same for the same account and number. */
export function eventId(account: string, n: number): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < account.length; i++) hash = Math.imul(hash ^ account.charCodeAt(i), 0x01000193);
  return `${base32(hash >>> 0, 8)}${base32(lastNumber(account), 8)}${base32(n, 10)}`;
}

const lastNumber = (account: string): number => Number(/\d+$/.exec(account)?.[0] ?? 0);

function base32(value: number, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) text = ALPHABET[rest % 32]! + text;
  return text;
}
