import { SingleObjectCodec } from '@milepost/contracts';
import type { Micros } from '@milepost/contracts';
import type { StateCodec } from '@milepost/stream';
import avro from 'avsc';
import type { AccountStart } from '../account-start.js';
import { EVENT_REF_SCHEMA } from '../event-ref.schema.js';
import type { Marks } from './milestone-rules.js';
import { SeenEvents } from './seen-events.js';
import type { Mark } from './statistic.js';

/** One account in the milestones service. */
export interface MilestonesState {
  start: AccountStart;
  marks: Marks;
  reached: Map<string, Micros>;
  seen: SeenEvents;
  accepted: number;
  duplicates: number;
  /** Largest record timestamp of the account's events: what the deduplication window is measured against. */
  latestReceipt: Micros;
}

interface Stored {
  created: AccountStart['created'];
  earliest: AccountStart['earliest'];
  marks: { leaf: number; marks: Mark[] }[];
  reached: { milestone: string; at: Micros }[];
  seen: Buffer;
  accepted: number;
  duplicates: number;
  latestReceipt: Micros;
}

const array = (items: unknown) => ({ type: 'array', items });
const record = (name: string, fields: Record<string, unknown>) => ({
  type: 'record',
  name,
  fields: Object.entries(fields).map(([field, type]) => ({ name: field, type })),
});

const codec = new SingleObjectCodec<Stored>(
  avro.Type.forSchema(
    record('dev.milepost.state.v1.Milestones', {
      created: ['null', EVENT_REF_SCHEMA],
      earliest: ['null', 'dev.milepost.state.v1.EventRef'],
      marks: array(
        record('LeafMarks', { leaf: 'long', marks: array(record('Mark', { at: 'long', value: 'string' })) }),
      ),
      reached: array(record('Reached', { milestone: 'string', at: 'long' })),
      seen: 'bytes',
      accepted: 'long',
      duplicates: 'long',
      latestReceipt: 'long',
    }) as avro.Schema,
  ),
);

export const milestonesStateCodec: StateCodec<MilestonesState> = {
  initial: () => ({
    start: { created: null, earliest: null },
    marks: new Map(),
    reached: new Map(),
    seen: new SeenEvents(),
    accepted: 0,
    duplicates: 0,
    latestReceipt: 0,
  }),
  encode: (state) =>
    codec.encode({
      ...state.start,
      marks: Array.from(state.marks, ([leaf, marks]) => ({ leaf, marks })),
      reached: Array.from(state.reached, ([milestone, at]) => ({ milestone, at })),
      seen: state.seen.toBytes(),
      accepted: state.accepted,
      duplicates: state.duplicates,
      latestReceipt: state.latestReceipt,
    }),
  decode: (bytes) => {
    const { created, earliest, marks, reached, seen, ...counts } = codec.decodeOwn(
      bytes,
      'State of the milestones service',
    );
    return {
      start: { created, earliest },
      marks: new Map(marks.map(({ leaf, marks: own }) => [leaf, own])),
      reached: new Map(reached.map(({ milestone, at }) => [milestone, at])),
      seen: SeenEvents.fromBytes(seen),
      ...counts,
    };
  },
};
