import { SingleObjectCodec } from '@milepost/contracts';
import type { AvroWriter, Micros } from '@milepost/contracts';
import type { Plan } from '@milepost/plan';
import type { StateCodec } from '@milepost/stream';
import avro from 'avsc';
import { NameCodes } from '../name-codes.js';
import type { Marks } from './milestone-rules.js';
import { SeenEvents } from './seen-events.js';
import type { StoredSeen } from './seen-events.js';

/** One account in the milestones service. */
export interface MilestonesState {
  /** Of its earliest creation. */
  created: Micros | null;
  /** Of its earliest event. */
  earliest: Micros | null;
  marks: Marks;
  reached: Map<string, Micros>;
  seen: SeenEvents;
  accepted: number;
  duplicates: number;
  /** Largest record timestamp of the account's events: what the deduplication window is measured against. */
  latestReceipt: Micros;
}

interface Stored {
  earliest: Micros | null;
  /** After the earliest. */
  created: Micros | null;
  /** `after`: the mark before in its leaf, or the earliest event. */
  marks: { leaf: number; marks: { after: Micros; value: string }[] }[];
  /** `milestone`: its code; `after`: the earliest event. */
  reached: { milestone: number; after: Micros }[];
  seen: StoredSeen;
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
    record('dev.milepost.state.v2.Milestones', {
      earliest: ['null', 'long'],
      created: ['null', 'long'],
      marks: array(
        record('LeafMarks', { leaf: 'long', marks: array(record('Mark', { after: 'long', value: 'string' })) }),
      ),
      reached: array(record('Reached', { milestone: 'long', after: 'long' })),
      seen: record('Seen', { count: 'long', oldest: 'long', bytes: 'bytes' }),
      accepted: 'long',
      duplicates: 'long',
      latestReceipt: 'long',
    }) as avro.Schema,
  ),
);

/** States of accounts whose milestones are those of this plan. */
export function milestonesStateCodec({ milestones }: Pick<Plan, 'milestones'>): StateCodec<MilestonesState> {
  const names = new NameCodes(milestones.map(({ name }) => name));
  return {
    initial: () => ({
      created: null,
      earliest: null,
      marks: new Map(),
      reached: new Map(),
      seen: new SeenEvents(),
      accepted: 0,
      duplicates: 0,
      latestReceipt: 0,
    }),
    write: (state, to) => {
      codec.writeHeader(to);
      write(state, names, to);
    },
    decode: (bytes) => restore(codec.decodeOwn(bytes, 'State of the milestones service'), names),
    versions: codec,
  };
}

/** As the schema above has it, without making a `Stored` first: nearly every event ends in one of these. */
function write(state: MilestonesState, names: NameCodes, to: AvroWriter): void {
  const origin = state.earliest ?? 0;
  to.optionalLong(state.earliest);
  to.optionalLong(state.created === null ? null : state.created - origin);
  if (state.marks.size > 0) to.long(state.marks.size);
  for (const [leaf, marks] of state.marks) {
    to.long(leaf);
    if (marks.length > 0) to.long(marks.length);
    let before = origin;
    for (const { at, value } of marks) {
      to.long(at - before);
      to.string(value);
      before = at;
    }
    to.long(0);
  }
  to.long(0);
  if (state.reached.size > 0) to.long(state.reached.size);
  for (const [milestone, at] of state.reached) {
    to.long(names.codeOf(milestone));
    to.long(at - origin);
  }
  to.long(0);
  state.seen.write(to);
  to.long(state.accepted);
  to.long(state.duplicates);
  to.long(state.latestReceipt);
}

function restore({ earliest, created, marks, reached, seen, ...rest }: Stored, names: NameCodes): MilestonesState {
  const origin = earliest ?? 0;
  const inTime = (own: Stored['marks'][number]['marks']) => {
    let at = origin;
    return own.map(({ after, value }) => ({ at: (at += after), value }));
  };
  return {
    earliest,
    created: created === null ? null : origin + created,
    marks: new Map(marks.map(({ leaf, marks: own }) => [leaf, inTime(own)])),
    reached: new Map(reached.map(({ milestone, after }) => [names.nameOf(milestone), origin + after])),
    seen: new SeenEvents(seen),
    ...rest,
  };
}
