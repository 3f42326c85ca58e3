import { CAUSES, SingleObjectCodec } from '@milepost/contracts';
import type { AvroWriter, Micros } from '@milepost/contracts';
import type { Plan } from '@milepost/plan';
import type { StateCodec } from '@milepost/stream';
import type { AccountStart, EventRef } from '../account-start.js';
import { MODEL_REASON } from '../models/model-condition.js';
import { NameCodes } from '../name-codes.js';
import type { Action } from './action-history.js';
import type { Announced } from './announcement.js';
import { PackedHistory } from './packed-history.js';
import { SIGNALS_TYPE, TIMELINE_TYPE } from './signals-state.schema.js';
import type { StoredInterval, StoredRef, StoredSignals, StoredTimeline } from './signals-state.schema.js';
import { emptyTimeline } from './timeline.js';
import type { Interval, Timeline } from './timeline.js';

/** One account in the signals service. */
export interface SignalsState {
  start: AccountStart;
  /** Newest last; bounded, see `HISTORY_LIMIT`. */
  history: Action[];
  /** The history as it is stored; null when it has to be packed anew. */
  packed: PackedHistory | null;
  milestones: Map<string, Micros>;
  /** Largest stream time at which the account was judged. */
  now: Micros;
  /** Announcements wait until this stream time, because history is being filled in; 0 when nothing is held. */
  heldUntil: Micros;
  /** Where refolding begins: what was judged before it can't change any more. */
  base: Timeline;
  /** Where judging stands. Not stored: it follows from the rest. */
  timeline: Timeline | null;
  announced: Announced[];
  /** Triggers announced so far, by signal. */
  ordinals: Map<string, number>;
}

const codec = new SingleObjectCodec<StoredSignals>(SIGNALS_TYPE);

/** States of accounts whose events, milestones and signals are those of this plan. */
export function signalsStateCodec(plan: Plan): StateCodec<SignalsState> {
  const names = new NameCodes([
    ...Object.values(plan.events).map(({ type }) => type),
    ...plan.milestones.map(({ name }) => name),
    ...plan.signals.flatMap(({ name, reasons }) => [name, ...reasons.map(({ code }) => code)]),
    MODEL_REASON,
  ]);
  return {
    initial: () => ({
      start: { created: null, earliest: null },
      history: [],
      packed: new PackedHistory(),
      milestones: new Map(),
      now: 0,
      heldUntil: 0,
      base: emptyTimeline(),
      timeline: null,
      announced: [],
      ordinals: new Map(),
    }),
    write: (state, to) => {
      codec.writeHeader(to);
      new StateWriter(state, names, to).write();
    },
    decode: (bytes) => restore(codec.decodeOwn(bytes, 'State of the signals service'), names),
    versions: codec,
  };
}

/** So far into the history it is worth to look for the events of the start: they are nearly always its first. */
const LOOKED_AT = 8;

/** As the schema has it, without making a `StoredSignals` first: every event of an account writes all of it again. */
class StateWriter {
  private readonly origin: Micros;
  private readonly otherNames: string[] = [];

  constructor(
    private readonly state: SignalsState,
    private readonly names: NameCodes,
    private readonly to: AvroWriter,
  ) {
    this.origin = originOf(state.start);
  }

  write(): void {
    const { state, to } = this;
    to.long(this.origin);
    this.ref(state.start.created);
    this.ref(state.start.earliest);
    state.packed ??= PackedHistory.of(state.history);
    state.packed.write(to, (type) => this.codeOf(type));
    this.block(state.milestones.size);
    for (const [milestone, at] of state.milestones) {
      to.long(this.codeOf(milestone));
      to.long(at - this.origin);
    }
    to.long(0);
    to.long(state.now);
    to.long(state.heldUntil);
    this.base();
    this.block(state.announced.length);
    for (const { signal, ordinal, revision, intervals } of state.announced) {
      to.long(this.codeOf(signal));
      to.long(ordinal);
      to.long(revision);
      this.intervals(intervals);
    }
    to.long(0);
    this.block(state.ordinals.size);
    for (const [signal, count] of state.ordinals) {
      to.long(this.codeOf(signal));
      to.long(count);
    }
    to.long(0);
    this.block(this.otherNames.length);
    for (const name of this.otherNames) to.string(name);
    to.long(0);
  }

  private codeOf(name: string): number {
    return this.names.codeOf(name, this.otherNames);
  }

  private block(count: number): void {
    if (count > 0) this.to.long(count);
  }

  private ref(ref: EventRef | null): void {
    const { to } = this;
    if (ref === null) return to.long(0);
    const place = placeIn(this.state.history, ref);
    if (place >= 0) {
      to.long(1);
      return to.long(place);
    }
    to.long(2);
    to.long(ref.at - this.origin);
    to.string(ref.source);
    to.string(ref.id);
    to.long(this.codeOf(ref.type));
  }

  private intervals(intervals: readonly Interval[]): void {
    const { to } = this;
    this.block(intervals.length);
    for (const { reason, since, until, cause } of intervals) {
      to.long(this.codeOf(reason));
      to.long(since - this.origin);
      to.optionalLong(until === null ? null : until - since);
      to.optionalLong(cause === null ? null : CAUSES.indexOf(cause));
    }
    to.long(0);
  }

  private base(): void {
    const { base } = this.state;
    this.to.long(base.judgedTo < 0 ? 0 : 1);
    if (base.judgedTo < 0) return;
    const stored: StoredTimeline = {
      ...base,
      silentUntil: Array.from(base.silentUntil, ([key, until]) => ({ key, until })),
      episodes: base.episodes.map((episode) => ({
        ...episode,
        signal: this.codeOf(episode.signal),
        intervals: episode.intervals.map(({ reason, since, until, cause }) => ({
          reason: this.codeOf(reason),
          after: since - this.origin,
          lasted: until === null ? null : until - since,
          cause,
        })),
      })),
    };
    this.to.value(TIMELINE_TYPE, stored);
  }
}

const originOf = ({ created, earliest }: AccountStart): Micros => earliest?.at ?? created?.at ?? 0;

function placeIn(history: readonly Action[], { at, source, id, type }: EventRef): number {
  const end = Math.min(LOOKED_AT, history.length);
  for (let i = 0; i < end; i++) {
    const one = history[i]!;
    if (one.at === at && one.id === id && one.source === source && one.type === type) return i;
  }
  return -1;
}

function restore(stored: StoredSignals, names: NameCodes): SignalsState {
  const { origin, base, otherNames } = stored;
  const nameOf = (code: number): string => names.nameOf(code, otherNames);
  const types = stored.history.types.map(nameOf);
  const { packed, history } = PackedHistory.read({ ...stored.history, types });
  const refOf = (ref: StoredRef): EventRef | null => {
    if (ref === null) return null;
    if (typeof ref !== 'number')
      return { at: origin + ref.after, source: ref.source, id: ref.id, type: nameOf(ref.type) };
    const { at, source, id, type } = history[ref]!;
    return { at, source, id, type };
  };
  const intervalOf = ({ reason, after, lasted, cause }: StoredInterval): Interval => {
    const since = origin + after;
    return { reason: nameOf(reason), since, until: lasted === null ? null : since + lasted, cause };
  };
  return {
    start: { created: refOf(stored.created), earliest: refOf(stored.earliest) },
    history,
    packed,
    milestones: new Map(stored.milestones.map(({ milestone, after }) => [nameOf(milestone), origin + after])),
    now: stored.now,
    heldUntil: stored.heldUntil,
    base: base ? restoreBase(base, nameOf, intervalOf) : emptyTimeline(),
    timeline: null,
    announced: stored.announced.map(({ signal, ordinal, revision, intervals }) => ({
      signal: nameOf(signal),
      ordinal,
      revision,
      intervals: intervals.map(intervalOf),
    })),
    ordinals: new Map(stored.ordinals.map(({ signal, count }) => [nameOf(signal), count])),
  };
}

function restoreBase(
  base: StoredTimeline,
  nameOf: (code: number) => string,
  intervalOf: (stored: StoredInterval) => Interval,
): Timeline {
  return {
    ...base,
    silentUntil: new Map(base.silentUntil.map(({ key, until }) => [key, until])),
    episodes: base.episodes.map((episode) => ({
      ...episode,
      signal: nameOf(episode.signal),
      intervals: episode.intervals.map(intervalOf),
    })),
  };
}
