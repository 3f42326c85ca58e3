import { CAUSES, SingleObjectCodec } from '@milepost/contracts';
import type { AvroWriter, Micros } from '@milepost/contracts';
import type { Plan } from '@milepost/plan';
import type { StateCodec } from '@milepost/stream';
import type { AccountStart, EventRef } from '../account-start.js';
import { MODEL_REASON } from '../models/model-condition.js';
import { NameCodes } from '../name-codes.js';
import { ActionHistory } from './action-history.js';
import type { Announced } from './announcement.js';
import { SharedKinds } from './shared-kinds.js';
import { SIGNALS_TYPE, TIMELINE_TYPE } from './signals-state.schema.js';
import type { StoredInterval, StoredRef, StoredSignals, StoredTimeline } from './signals-state.schema.js';
import { NOTHING_JUDGED } from './timeline.js';
import type { Interval, Timeline } from './timeline.js';

/** One account in the signals service. */
export interface SignalsState {
  start: AccountStart;
  /** Bounded, see `HISTORY_LIMIT`. */
  history: ActionHistory;
  milestones: Map<string, Micros>;
  /** Largest stream time at which the account was judged. */
  now: Micros;
  /** Announcements wait until this stream time, because history is being filled in; 0 when nothing is held. */
  heldUntil: Micros;
  /** Where refolding begins: what was judged before it can't change any more. */
  base: Readonly<Timeline>;
  /** Where judging stands. Not stored: it follows from the rest. */
  timeline: Timeline | null;
  announced: Announced[];
  /** Triggers announced so far, by signal. */
  ordinals: { signal: string; count: number }[];
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
  const kinds = new SharedKinds();
  return {
    initial: () => ({
      start: { created: null, earliest: null },
      history: new ActionHistory(kinds),
      milestones: new Map(),
      now: 0,
      heldUntil: 0,
      base: NOTHING_JUDGED,
      timeline: null,
      announced: [],
      ordinals: [],
    }),
    write: (state, to) => {
      codec.writeHeader(to);
      new StateWriter(state, names, to).write();
    },
    decode: (bytes) => restore(codec.decodeOwn(bytes, 'State of the signals service'), names, kinds),
    versions: codec,
  };
}

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
    state.history.write(to, (type) => this.codeOf(type));
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
    this.block(state.ordinals.length);
    for (const { signal, count } of state.ordinals) {
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
    const place = this.state.history.placeAmongFirst(ref);
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

function restore(stored: StoredSignals, names: NameCodes, kinds: SharedKinds): SignalsState {
  const { origin, base, otherNames } = stored;
  const nameOf = (code: number): string => names.nameOf(code, otherNames);
  const types = stored.history.types.map(nameOf);
  const history = ActionHistory.read({ ...stored.history, types }, kinds);
  const refOf = (ref: StoredRef): EventRef | null => {
    if (ref === null) return null;
    if (typeof ref !== 'number')
      return { at: origin + ref.after, source: ref.source, id: ref.id, type: nameOf(ref.type) };
    return history.refAt(ref);
  };
  const earliest = refOf(stored.earliest);
  const intervalOf = ({ reason, after, lasted, cause }: StoredInterval): Interval => {
    const since = origin + after;
    return { reason: nameOf(reason), since, until: lasted === null ? null : since + lasted, cause };
  };
  return {
    start: { created: stored.created === stored.earliest ? earliest : refOf(stored.created), earliest },
    history,
    milestones: new Map(stored.milestones.map(({ milestone, after }) => [nameOf(milestone), origin + after])),
    now: stored.now,
    heldUntil: stored.heldUntil,
    base: base ? restoreBase(base, nameOf, intervalOf) : NOTHING_JUDGED,
    timeline: null,
    announced: stored.announced.map(({ signal, ordinal, revision, intervals }) => ({
      signal: nameOf(signal),
      ordinal,
      revision,
      intervals: intervals.map(intervalOf),
    })),
    ordinals: stored.ordinals.map(({ signal, count }) => ({ signal: nameOf(signal), count })),
  };
}

function restoreBase(
  base: StoredTimeline,
  nameOf: (code: number) => string,
  intervalOf: (stored: StoredInterval) => Interval,
): Timeline {
  return {
    ...base,
    episodes: base.episodes.map((episode) => ({
      ...episode,
      signal: nameOf(episode.signal),
      intervals: episode.intervals.map(intervalOf),
    })),
  };
}
