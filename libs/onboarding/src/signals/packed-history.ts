import { OUTCOMES } from '@milepost/contracts';
import type { AvroWriter, Micros } from '@milepost/contracts';
import { PackedReader } from './packed-bytes.js';
import { ID_CODINGS, readId } from './packed-id.js';
import type { ActionKind, SharedKinds } from './shared-kinds.js';

/** An account's history as it is stored. */
export interface StoredHistory {
  sources: string[];
  types: string[];
  /** Each as one number: size stated, outcome, place of the type, place of the source, the lowest first. */
  kinds: number[];
  count: number;
  /** Of the first action. */
  first: Micros;
  /** For each action: its kind and its id's coding, its time after the one before, its company's size, its id. */
  actions: Buffer;
}

/** A size below zero is rejected today; a state that holds one is still read as it was written. */
export const folded = (value: number): number => (value >= 0 ? 2 * value : -2 * value - 1);
export const unfolded = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);

/** Reads one action after the other off the bytes, into the same fields: states are read by the thousand. */
export class EachAction {
  place = 0;
  after: Micros = 0;
  /** Folded; null where none is stated. */
  size: number | null = null;
  id = '';
  private readonly from: PackedReader;

  constructor(
    bytes: Buffer,
    private readonly kinds: readonly ActionKind[],
  ) {
    this.from = new PackedReader(bytes);
  }

  next(): void {
    const head = this.from.whole();
    this.place = Math.floor(head / ID_CODINGS);
    this.after = this.from.whole();
    this.size = this.kinds[this.place]!.isSized ? this.from.whole() : null;
    this.id = readId(head % ID_CODINGS, this.id, this.from);
  }
}

/** Used again and again: a state is written for every event. */
const names = { sources: [] as string[], types: [] as string[] };

export function writeKinds(kinds: readonly ActionKind[], to: AvroWriter, codeOf: (type: string) => number): void {
  const { sources, types } = names;
  sources.length = types.length = 0;
  for (const { source, type } of kinds) {
    placeOrAdd(sources, source);
    placeOrAdd(types, type);
  }
  if (kinds.length > 0) to.long(sources.length);
  for (const source of sources) to.string(source);
  to.long(0);
  if (kinds.length > 0) to.long(types.length);
  for (const type of types) to.long(codeOf(type));
  to.long(0);
  if (kinds.length > 0) to.long(kinds.length);
  for (const { source, type, outcome, isSized } of kinds) {
    const place = placeOrAdd(sources, source) * types.length + placeOrAdd(types, type);
    to.long((place * OUTCOMES.length + OUTCOMES.indexOf(outcome)) * 2 + Number(isSized));
  }
  to.long(0);
}

function placeOrAdd(list: string[], name: string): number {
  for (let i = 0; i < list.length; i++) if (list[i] === name) return i;
  return list.push(name) - 1;
}

export function kindOf(
  number: number,
  sources: readonly string[],
  types: readonly string[],
  shared: SharedKinds,
): ActionKind {
  const outcomes = Math.floor(number / 2);
  const place = Math.floor(outcomes / OUTCOMES.length);
  const source = sources[Math.floor(place / types.length)]!;
  return shared.kindOf(source, types[place % types.length]!, OUTCOMES[outcomes % OUTCOMES.length]!, number % 2 === 1);
}
