import { CAUSES } from '@milepost/contracts';
import type { Cause, Micros } from '@milepost/contracts';
import avro from 'avsc';
import type { StoredHistory } from './packed-history.js';

/** An account as it is stored: names of the plan as their codes, `after` counting from the account's origin. */
export interface StoredSignals {
  /** The account's earliest instant; 0 while there is none. */
  origin: Micros;
  created: StoredRef;
  earliest: StoredRef;
  history: Omit<StoredHistory, 'types'> & { types: number[] };
  milestones: { milestone: number; after: Micros }[];
  now: Micros;
  heldUntil: Micros;
  base: StoredTimeline | null;
  announced: { signal: number; ordinal: number; revision: number; intervals: StoredInterval[] }[];
  ordinals: { signal: number; count: number }[];
  /** Names that the plan lacked: of events that an older plan had let in. */
  otherNames: string[];
}

/** The place of the action that it is; the event itself where the history does not hold it among its first. */
export type StoredRef = null | number | { after: Micros; source: string; id: string; type: number };

export interface StoredInterval {
  reason: number;
  after: Micros;
  lasted: Micros | null;
  cause: Cause | null;
}

/** Seldom there: accounts of thousands of actions have it. */
export interface StoredTimeline {
  judgedTo: Micros;
  seen: number;
  companySize: number | null;
  ended: boolean;
  silentUntil: readonly { key: string; until: Micros }[];
  episodes: { signal: number; since: Micros; until: Micros | null; intervals: StoredInterval[] }[];
}

const array = (items: unknown) => ({ type: 'array', items });
const nullable = (type: unknown) => ['null', type];
const record = (name: string, fields: Record<string, unknown>) => ({
  type: 'record',
  name,
  fields: Object.entries(fields).map(([field, type]) => ({ name: field, type })),
});

const interval = record('Interval', {
  reason: 'long',
  after: 'long',
  lasted: nullable('long'),
  cause: nullable({ type: 'enum', name: 'Cause', symbols: CAUSES }),
});
const ref = record('EventRef', { after: 'long', source: 'string', id: 'string', type: 'long' });

export const SIGNALS_TYPE = avro.Type.forSchema(
  record('dev.milepost.state.v2.Signals', {
    origin: 'long',
    created: ['null', 'int', ref],
    earliest: ['null', 'int', 'EventRef'],
    history: record('History', {
      sources: array('string'),
      types: array('long'),
      kinds: array('long'),
      count: 'long',
      first: 'long',
      actions: 'bytes',
    }),
    milestones: array(record('Milestone', { milestone: 'long', after: 'long' })),
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
          record('Episode', { signal: 'long', since: 'long', until: nullable('long'), intervals: array(interval) }),
        ),
      }),
    ),
    announced: array(
      record('Announced', { signal: 'long', ordinal: 'int', revision: 'int', intervals: array('Interval') }),
    ),
    ordinals: array(record('Ordinal', { signal: 'long', count: 'int' })),
    otherNames: array('string'),
  }) as avro.Schema,
) as avro.types.RecordType;

export const TIMELINE_TYPE = (SIGNALS_TYPE.field('base').type as avro.types.UnwrappedUnionType).types[1]!;
