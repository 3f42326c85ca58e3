import type { AvroWriter, Micros, Outcome } from '@milepost/contracts';
import { compareRefs } from '../account-start.js';
import type { EventRef } from '../account-start.js';
import { PackedWriter } from './packed-bytes.js';
import { EachAction, folded, kindOf, unfolded, writeKinds } from './packed-history.js';
import type { StoredHistory } from './packed-history.js';
import { codeId, ID_CODINGS } from './packed-id.js';
import type { ActionKind, SharedKinds } from './shared-kinds.js';

/** An accepted event as far as signals care. */
export interface Action extends EventRef {
  outcome: Outcome;
  /** Company size that the event's context states; null when it states none. */
  companySize: number | null;
}

/** So far into the history it is worth to look for the events of the start: they are nearly always its first. */
const LOOKED_AT = 8;
/** Far more kinds than an account has; with a size beside it still a safe integer. */
const PLACES = 2 ** 20;
/** `size` folded. */
const coded = (place: number, size: number | null): number => (size === null ? place : place + PLACES * (1 + size));
const NO_KINDS: readonly ActionKind[] = [];

/**
 * An account's actions in event-time order. Conditions ask when they were and of what kind, for every event, so those
 * are numbers; ids, which only evidence needs, lie in the bytes that are stored. Nearly all actions belong at the end,
 * and one that does is written behind the others: storing an account again costs one copy of bytes, however long its
 * history is. Thousands of accounts are held, so an action must not be an object: the engine would have to look through
 * all of them whenever it collects garbage. Equal when its actions are, in whatever order these came.
 */
export class ActionHistory implements Iterable<Action> {
  #times: Micros[] = [];
  /** Its kind's place, and a multiple of `PLACES` from its company's size where one is stated. */
  #codes: number[] = [];
  #kinds: readonly ActionKind[] = NO_KINDS;
  #bytes = new PackedWriter();
  #firstId = '';
  #lastId = '';
  /** All of them, from when one came out of order until they are stored: `#bytes` has to be made anew. */
  #loose: Action[] | null = null;
  /** Read from the bytes once they are asked for, until the history changes or is stored. */
  #ids: string[] | null = null;
  readonly #shared: SharedKinds;

  constructor(shared: SharedKinds) {
    this.#shared = shared;
  }

  static of(actions: Iterable<Action>, shared: SharedKinds): ActionHistory {
    const history = new ActionHistory(shared);
    for (const action of actions) history.insert(action);
    return history;
  }

  static read({ sources, types, kinds, count, first, actions }: StoredHistory, shared: SharedKinds): ActionHistory {
    const history = new ActionHistory(shared);
    history.#kinds = kinds.map((kind) => kindOf(kind, sources, types, shared));
    history.#bytes = new PackedWriter(actions);
    const held = Math.min(count, actions.length);
    history.#times = new Array<Micros>(held);
    history.#codes = new Array<number>(held);
    const each = new EachAction(actions, history.#kinds);
    let before: Micros = first;
    for (let i = 0; i < count; i++) {
      each.next();
      history.#times[i] = before += each.after;
      history.#codes[i] = coded(each.place, each.size);
      if (i === 0) history.#firstId = each.id;
    }
    history.#lastId = each.id;
    return history;
  }

  get length(): number {
    return this.#times.length;
  }

  /** Infinity for a place behind the last. */
  timeAt(place: number): Micros {
    return place < this.#times.length ? this.#times[place]! : Infinity;
  }

  kindAt(place: number): ActionKind {
    const code = this.#codes[place]!;
    return this.#kinds[code < PLACES ? code : code % PLACES]!;
  }

  companySizeAt(place: number): number | null {
    const code = this.#codes[place]!;
    return code < PLACES ? null : unfolded(Math.floor(code / PLACES) - 1);
  }

  /** How many actions lie at or before `at`. */
  countUntil(at: Micros): number {
    let low = 0;
    let high = this.#times.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#times[middle]! <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The size that the newest of the first `count` actions states. */
  companySizeOf(count: number): number | null {
    for (let place = count - 1; place >= 0; place--) {
      const size = this.companySizeAt(place);
      if (size !== null) return size;
    }
    return null;
  }

  refAt(place: number): EventRef {
    const { source, type } = this.kindAt(place);
    return { at: this.#times[place]!, source, id: this.idAt(place), type };
  }

  /** The place of the action that it is, where that is among the first; -1 otherwise. */
  placeAmongFirst({ at, source, id, type }: EventRef): number {
    const end = Math.min(LOOKED_AT, this.#times.length);
    for (let place = 0; place < end && this.#times[place]! <= at; place++) {
      const kind = this.kindAt(place);
      const isAlike = this.#times[place] === at && kind.source === source && kind.type === type;
      if (isAlike && this.idAt(place) === id) return place;
    }
    return -1;
  }

  *[Symbol.iterator](): Generator<Action> {
    if (this.#loose) return yield* this.#loose;
    const each = new EachAction(this.#bytes.written(), this.#kinds);
    for (let place = 0; place < this.#times.length; place++) {
      each.next();
      const { source, type, outcome } = this.kindAt(place);
      yield { at: this.#times[place]!, source, id: each.id, type, outcome, companySize: this.companySizeAt(place) };
    }
  }

  /** Puts an action where it belongs in event-time order. */
  insert(action: Action): void {
    this.#ids = null;
    if (this.isAtEnd(action)) return this.append(action);
    this.#loose ??= [...this];
    let place = this.#loose.length;
    while (place > 0 && compareRefs(this.#loose[place - 1]!, action) > 0) place--;
    this.#loose.splice(place, 0, action);
    this.#times.splice(place, 0, action.at);
    this.#codes.splice(place, 0, this.kindCodeOf(action));
    this.#firstId = this.#loose[0]!.id;
    this.#lastId = this.#loose.at(-1)!.id;
  }

  dropFirst(count: number): void {
    if (count === 0) return;
    this.#ids = null;
    this.#loose = [...this].slice(count);
    this.#times.splice(0, count);
    this.#codes.splice(0, count);
    this.#firstId = this.#loose[0]?.id ?? '';
  }

  /** The fields of a `StoredHistory`, in their order, with codes for types. */
  write(to: AvroWriter, codeOf: (type: string) => number): void {
    this.#ids = null;
    if (this.#loose) this.become(this.#loose);
    writeKinds(this.#kinds, to, codeOf);
    to.long(this.#times.length);
    to.long(this.#times.length > 0 ? this.#times[0]! : 0);
    to.long(this.#bytes.length);
    this.#bytes.copyTo(to);
  }

  private idAt(place: number): string {
    if (place === 0) return this.#firstId;
    this.#ids ??= Array.from(this, ({ id }) => id);
    return this.#ids[place]!;
  }

  private isAtEnd(action: Action): boolean {
    const last = this.#times.length - 1;
    if (last < 0 || this.#times[last]! < action.at) return true;
    const newest = { at: this.#times[last]!, source: this.kindAt(last).source, id: this.#lastId };
    return compareRefs(newest, action) <= 0;
  }

  private append(action: Action): void {
    const { at, id, companySize } = action;
    const code = this.kindCodeOf(action);
    const before = this.#times.length > 0 ? this.#times[this.#times.length - 1]! : at;
    if (this.#loose) {
      this.#loose.push(action);
    } else {
      const to = this.#bytes;
      const coded = codeId(id, this.#lastId);
      to.whole((code % PLACES) * ID_CODINGS + coded.coding);
      to.whole(at - before);
      if (companySize !== null) to.whole(folded(companySize));
      coded.write(to);
    }
    if (this.#times.length === 0) this.#firstId = id;
    this.#lastId = id;
    this.#times.push(at);
    this.#codes.push(code);
  }

  private become(actions: readonly Action[]): void {
    [this.#times, this.#codes, this.#kinds] = [[], [], NO_KINDS];
    this.#bytes = new PackedWriter();
    this.#firstId = this.#lastId = '';
    this.#loose = null;
    for (const action of actions) this.append(action);
  }

  private kindCodeOf({ source, type, outcome, companySize }: Action): number {
    const size = companySize === null ? null : folded(companySize);
    return coded(this.placeOf(source, type, outcome, size !== null), size);
  }

  private placeOf(source: string, type: string, outcome: Outcome, isSized: boolean): number {
    const kinds = this.#kinds;
    for (let i = 0; i < kinds.length; i++) {
      const kind = kinds[i]!;
      if (kind.type === type && kind.outcome === outcome && kind.source === source && kind.isSized === isSized)
        return i;
    }
    // A new array takes as much as it holds, where one that grows takes room for sixteen more.
    this.#kinds = [...kinds, this.#shared.kindOf(source, type, outcome, isSized)];
    return kinds.length;
  }
}
