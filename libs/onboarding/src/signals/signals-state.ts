import { CAUSES, OUTCOMES, SingleObjectCodec } from '@milepost/contracts';
import type { Micros } from '@milepost/contracts';
import type { StateCodec } from '@milepost/stream';
import avro from 'avsc';
import type { AccountStart, EventRef } from '../account-start.js';
import { EVENT_REF_SCHEMA } from '../event-ref.schema.js';
import type { Action } from './action-history.js';
import type { Announced } from './announcement.js';
import { emptyTimeline } from './timeline.js';
import type { Timeline } from './timeline.js';

/** One account in the signals service. */
export interface SignalsState {
  start: AccountStart;
  /** Newest last; bounded, see `HISTORY_LIMIT`. */
  history: Action[];
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

interface Stored {
  created: EventRef | null;
  earliest: EventRef | null;
  texts: string[];
  history: { at: Micros; source: number; id: string; type: number; outcome: number; companySize: number | null }[];
  milestones: { milestone: string; at: Micros }[];
  now: Micros;
  heldUntil: Micros;
  base: (Omit<Timeline, 'silentUntil'> & { silentUntil: { key: string; until: Micros }[] }) | null;
  announced: Announced[];
  ordinals: { signal: string; count: number }[];
}

const array = (items: unknown) => ({ type: 'array', items });
const nullable = (type: unknown) => ['null', type];
const record = (name: string, fields: Record<string, unknown>) => ({
  type: 'record',
  name,
  fields: Object.entries(fields).map(([field, type]) => ({ name: field, type })),
});

const interval = record('Interval', {
  reason: 'string',
  since: 'long',
  until: nullable('long'),
  cause: nullable({ type: 'enum', name: 'Cause', symbols: CAUSES }),
});

const codec = new SingleObjectCodec<Stored>(
  avro.Type.forSchema(
    record('dev.milepost.state.v1.Signals', {
      created: nullable(EVENT_REF_SCHEMA),
      earliest: nullable('dev.milepost.state.v1.EventRef'),
      // Sources and types repeat in every action, so they are kept once.
      texts: array('string'),
      history: array(
        record('Action', {
          at: 'long',
          source: 'int',
          id: 'string',
          type: 'int',
          outcome: 'int',
          companySize: nullable('int'),
        }),
      ),
      milestones: array(record('Milestone', { milestone: 'string', at: 'long' })),
      now: 'long',
      heldUntil: 'long',
      base: nullable(
        record('Timeline', {
          judgedTo: 'long',
          seen: 'int',
          companySize: nullable('int'),
          ended: 'boolean',
          silentUntil: array(record('Silence', { key: 'string', until: 'long' })),
          episodes: array(
            record('Episode', { signal: 'string', since: 'long', until: nullable('long'), intervals: array(interval) }),
          ),
        }),
      ),
      announced: array(
        record('Announced', { signal: 'string', ordinal: 'int', revision: 'int', intervals: array('Interval') }),
      ),
      ordinals: array(record('Ordinal', { signal: 'string', count: 'int' })),
    }) as avro.Schema,
  ),
);

export const signalsStateCodec: StateCodec<SignalsState> = {
  initial: () => ({
    start: { created: null, earliest: null },
    history: [],
    milestones: new Map(),
    now: 0,
    heldUntil: 0,
    base: emptyTimeline(),
    timeline: null,
    announced: [],
    ordinals: new Map(),
  }),
  encode: (state) => codec.encode(store(state)),
  decode: (bytes) => restore(codec.decodeOwn(bytes, 'State of the signals service')),
};

function store(state: SignalsState): Stored {
  const places = new Map<string, number>();
  const place = (text: string): number => {
    let known = places.get(text);
    if (known === undefined) places.set(text, (known = places.size));
    return known;
  };
  const history = state.history.map((action) => ({
    ...action,
    source: place(action.source),
    type: place(action.type),
    outcome: OUTCOMES.indexOf(action.outcome),
  }));
  const { base } = state;
  const silentUntil = Array.from(base.silentUntil, ([key, until]) => ({ key, until }));
  return {
    ...state.start,
    texts: [...places.keys()],
    history,
    milestones: Array.from(state.milestones, ([milestone, at]) => ({ milestone, at })),
    now: state.now,
    heldUntil: state.heldUntil,
    base: base.judgedTo < 0 ? null : { ...base, silentUntil },
    announced: state.announced,
    ordinals: Array.from(state.ordinals, ([signal, count]) => ({ signal, count })),
  };
}

function restore(stored: Stored): SignalsState {
  const { created, earliest, texts, base } = stored;
  return {
    start: { created, earliest },
    history: stored.history.map((action) => ({
      ...action,
      source: texts[action.source]!,
      type: texts[action.type]!,
      outcome: OUTCOMES[action.outcome]!,
    })),
    milestones: new Map(stored.milestones.map(({ milestone, at }) => [milestone, at])),
    now: stored.now,
    heldUntil: stored.heldUntil,
    base: base
      ? { ...base, silentUntil: new Map(base.silentUntil.map(({ key, until }) => [key, until])) }
      : emptyTimeline(),
    timeline: null,
    announced: stored.announced,
    ordinals: new Map(stored.ordinals.map(({ signal, count }) => [signal, count])),
  };
}
