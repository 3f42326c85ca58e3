import { OUTCOMES } from '@milepost/contracts';
import type { AvroWriter, Micros } from '@milepost/contracts';
import type { Action } from './action-history.js';
import { codeId, ID_CODINGS, readId } from './packed-id.js';
import { PackedReader, PackedWriter } from './packed-bytes.js';

/** What is said of several actions in the same words, said once: of 80 actions there are a dozen kinds. */
interface Kind {
  source: string;
  type: string;
  outcome: Action['outcome'];
  /** Whether the action's context states the company's size, which then follows. */
  isSized: boolean;
}

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
const folded = (value: number): number => (value >= 0 ? 2 * value : -2 * value - 1);
const unfolded = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);

/**
 * An account's actions as they are stored. Nearly all belong at the end, and one that does is written behind the
 * others; so storing an account again costs one copy of bytes, however long its history is. Its fields are hidden from
 * comparisons: two states are the same when their actions are, in whatever order these came.
 */
export class PackedHistory {
  readonly #sources: string[] = [];
  readonly #types: string[] = [];
  readonly #kinds: Kind[] = [];
  #writer = new PackedWriter();
  #count = 0;
  #first: Micros = 0;
  #lastAt: Micros = 0;
  #lastId = '';

  static of(history: readonly Action[]): PackedHistory {
    const packed = new PackedHistory();
    for (const action of history) packed.append(action);
    return packed;
  }

  /** And the actions that it holds. */
  static read(stored: StoredHistory): { packed: PackedHistory; history: Action[] } {
    const packed = new PackedHistory();
    packed.#sources.push(...stored.sources);
    packed.#types.push(...stored.types);
    for (const kind of stored.kinds) packed.#kinds.push(packed.kindOf(kind));
    packed.#count = stored.count;
    packed.#first = stored.first;
    packed.#writer = new PackedWriter(stored.actions);
    return { packed, history: packed.actions(new PackedReader(stored.actions)) };
  }

  append(action: Action): void {
    const { at, id, companySize } = action;
    const to = this.#writer;
    const coded = codeId(id, this.#lastId);
    if (this.#count === 0) this.#first = this.#lastAt = at;
    to.whole(this.placeOfKind(action) * ID_CODINGS + coded.coding);
    to.whole(at - this.#lastAt);
    if (companySize !== null) to.whole(folded(companySize));
    coded.write(to);
    this.#count++;
    this.#lastAt = at;
    this.#lastId = id;
  }

  /** The fields of a `StoredHistory`, in their order, with codes for types. */
  write(to: AvroWriter, codeOf: (type: string) => number): void {
    if (this.#sources.length > 0) to.long(this.#sources.length);
    for (const source of this.#sources) to.string(source);
    to.long(0);
    if (this.#types.length > 0) to.long(this.#types.length);
    for (const type of this.#types) to.long(codeOf(type));
    to.long(0);
    if (this.#kinds.length > 0) to.long(this.#kinds.length);
    for (const kind of this.#kinds) to.long(this.numberOf(kind));
    to.long(0);
    to.long(this.#count);
    to.long(this.#first);
    to.long(this.#writer.length);
    this.#writer.copyTo(to);
  }

  private actions(from: PackedReader): Action[] {
    const history: Action[] = [];
    this.#lastAt = this.#first;
    for (let i = 0; i < this.#count; i++) {
      const head = from.whole();
      const { source, type, outcome, isSized } = this.#kinds[Math.floor(head / ID_CODINGS)]!;
      const at = this.#lastAt + from.whole();
      const companySize = isSized ? unfolded(from.whole()) : null;
      const id = readId(head % ID_CODINGS, this.#lastId, from);
      history.push({ at, source, id, type, outcome, companySize });
      this.#lastAt = at;
      this.#lastId = id;
    }
    return history;
  }

  private placeOfKind({ source, type, outcome, companySize }: Action): number {
    const isSized = companySize !== null;
    for (let i = 0; i < this.#kinds.length; i++) {
      const kind = this.#kinds[i]!;
      if (kind.type === type && kind.outcome === outcome && kind.source === source && kind.isSized === isSized)
        return i;
    }
    if (!this.#sources.includes(source)) this.#sources.push(source);
    if (!this.#types.includes(type)) this.#types.push(type);
    return this.#kinds.push({ source, type, outcome, isSized }) - 1;
  }

  private numberOf({ source, type, outcome, isSized }: Kind): number {
    const place = this.#sources.indexOf(source) * this.#types.length + this.#types.indexOf(type);
    return (place * OUTCOMES.length + OUTCOMES.indexOf(outcome)) * 2 + Number(isSized);
  }

  private kindOf(number: number): Kind {
    const outcomes = Math.floor(number / 2);
    const place = Math.floor(outcomes / OUTCOMES.length);
    return {
      source: this.#sources[Math.floor(place / this.#types.length)]!,
      type: this.#types[place % this.#types.length]!,
      outcome: OUTCOMES[outcomes % OUTCOMES.length]!,
      isSized: number % 2 === 1,
    };
  }
}
