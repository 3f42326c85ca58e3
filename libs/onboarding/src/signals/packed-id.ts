import type { PackedReader, PackedWriter } from './packed-bytes.js';

/**
 * An id as what it adds to the one before it: a counter's step, or the characters from where the two differ, in as few
 * bits as the narrowest of these alphabets needs for them. Ids that are made for many events are mostly one of these:
 * digits, UUIDs, ULIDs and KSUIDs, base64. Anything else is kept as text.
 */
const ALPHABETS = ['0123456789abcdef', '0123456789ABCDEFGHJKMNPQRSTVWXYZ', 'A-Za-z0-9_-'].map(alphabet);

const COUNTER = 0;
const TEXT = 1;
const UUID = 2;
const FIRST_ALPHABET = 3;
/** Kinds of coding, for whoever writes one together with something else. */
export const ID_CODINGS = FIRST_ALPHABET + ALPHABETS.length;

/** Digits that a double holds exactly. */
const MOST_DIGITS = 15;
const UUID_FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

interface Alphabet {
  bits: number;
  characters: string;
  /** By character code; -1 for one that is not in it. */
  places: Int8Array;
}

export interface CodedId {
  coding: number;
  /** Writes what the coding needs to give the id back. */
  write(to: PackedWriter): void;
}

/** How `id` is written when `before` is known. */
export function codeId(id: string, before: string): CodedId {
  const step = stepOf(id, before);
  if (step !== null) return { coding: COUNTER, write: (to) => to.whole(step >= 0 ? 2 * step : -2 * step - 1) };
  if (UUID_FORM.test(id)) {
    const digits = id.replaceAll('-', '');
    return { coding: UUID, write: (to) => pack(digits, ALPHABETS[0]!, to) };
  }
  const shared = sharedLength(before, id);
  const rest = id.slice(shared);
  const found = ALPHABETS.findIndex((one) => holds(one, rest));
  if (found === -1) return { coding: TEXT, write: (to) => (to.whole(shared), to.text(rest)) };
  return {
    coding: FIRST_ALPHABET + found,
    write: (to) => {
      to.whole(shared);
      to.whole(rest.length);
      pack(rest, ALPHABETS[found]!, to);
    },
  };
}

export function readId(coding: number, before: string, from: PackedReader): string {
  if (coding === COUNTER) {
    const step = from.whole();
    return stepped(before, step % 2 === 0 ? step / 2 : -(step + 1) / 2);
  }
  if (coding === UUID) {
    const all = unpack(32, ALPHABETS[0]!, from);
    return [0, 8, 12, 16, 20].map((at, i, starts) => all.slice(at, starts[i + 1])).join('-');
  }
  const shared = before.slice(0, from.whole());
  return shared + (coding === TEXT ? from.text() : unpack(from.whole(), ALPHABETS[coding - FIRST_ALPHABET]!, from));
}

/** By how much a number at the end has grown, when nothing else differs; null when anything does. */
function stepOf(id: string, before: string): number | null {
  if (id.length !== before.length) return null;
  const digits = digitsAtEnd(before);
  const stays = before.length - digits;
  if (digits === 0 || digitsAtEnd(id) < digits || !id.startsWith(before.slice(0, stays))) return null;
  return Number(id.slice(stays)) - Number(before.slice(stays));
}

function stepped(before: string, step: number): string {
  const digits = digitsAtEnd(before);
  const stays = before.length - digits;
  return before.slice(0, stays) + String(Number(before.slice(stays)) + step).padStart(digits, '0');
}

function digitsAtEnd(text: string): number {
  let digits = 0;
  while (digits < MOST_DIGITS && isDigit(text.charCodeAt(text.length - 1 - digits))) digits++;
  return digits;
}

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;

/** How many characters two ids begin with alike. Half of a character outside the basic plane is never cut off. */
function sharedLength(before: string, id: string): number {
  const most = Math.min(before.length, id.length);
  let length = 0;
  while (length < most && before.charCodeAt(length) === id.charCodeAt(length)) length++;
  const last = length > 0 ? id.charCodeAt(length - 1) : 0;
  return last >= 0xd800 && last < 0xdc00 ? length - 1 : length;
}

function alphabet(spec: string): Alphabet {
  const characters = spec.replace(/(.)-(.)/g, (_, first: string, last: string) => {
    const from = first.charCodeAt(0);
    return String.fromCharCode(...Array.from({ length: last.charCodeAt(0) - from + 1 }, (_all, i) => from + i));
  });
  const places = new Int8Array(128).fill(-1);
  for (let i = 0; i < characters.length; i++) places[characters.charCodeAt(i)] = i;
  return { bits: Math.ceil(Math.log2(characters.length)), characters, places };
}

function holds({ places }: Alphabet, text: string): boolean {
  for (let i = 0; i < text.length; i++) if ((places[text.charCodeAt(i)] ?? -1) === -1) return false;
  return true;
}

function pack(text: string, { bits, places }: Alphabet, to: PackedWriter): void {
  let held = 0;
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    held = (held << bits) | places[text.charCodeAt(i)]!;
    for (count += bits; count >= 8; count -= 8) to.byte((held >>> (count - 8)) & 0xff);
    held &= 0xff;
  }
  if (count > 0) to.byte((held << (8 - count)) & 0xff);
}

function unpack(length: number, { bits, characters }: Alphabet, from: PackedReader): string {
  let text = '';
  let held = 0;
  let count = 0;
  while (text.length < length) {
    for (; count < bits; count += 8) held = ((held & 0xff) << 8) | from.byte();
    count -= bits;
    text += characters[(held >>> count) & ((1 << bits) - 1)]!;
  }
  return text;
}
