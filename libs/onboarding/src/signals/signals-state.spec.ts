import { describe, expect, it } from '@jest/globals';
import type { Plan } from '@milepost/plan';
import { encodeState } from '@milepost/stream/testing';
import { ActionHistory } from './action-history.js';
import type { Action } from './action-history.js';
import { SharedKinds } from './shared-kinds.js';
import { signalsStateCodec as codecOf } from './signals-state.js';
import type { SignalsState } from './signals-state.js';

const plan = {
  events: Object.fromEntries(['workflow.run', 't'].map((type) => [type, { type }])),
  milestones: [{ name: 'habit' }, { name: 'first-value' }],
  signals: [{ name: 'at-risk', reasons: [{ code: 'quiet' }, { code: 'stalled:habit' }] }],
} as unknown as Plan;
const signalsStateCodec = codecOf(plan);

const action = (id: string, changed: Partial<Action> = {}): Action => ({
  at: 1_767_607_200_123_456,
  source: '//core',
  id,
  type: 'workflow.run',
  outcome: 'succeeded',
  companySize: null,
  ...changed,
});
const interval = { reason: 'quiet', since: 5, until: null, cause: null };
const ended = { reason: 'stalled:habit', since: 1, until: 2 ** 50, cause: 'reached' as const };
const actions = [
  action('evt-a'),
  action('evt-b', { outcome: 'abandoned', companySize: 0 }),
  action('evt-b', { source: 'workflow.run', at: 1_767_607_200_123_457 }),
  action('evt-b🙂', { at: 1_767_607_200_123_457 }),
  action('evt-b🙃', { at: 2 ** 51 }),
  action('', { at: 2 ** 51 }),
];
const full: SignalsState = {
  start: { created: action('ünï'), earliest: { at: 0, source: '', id: 'x'.repeat(100), type: 't' } },
  history: ActionHistory.of(actions, new SharedKinds()),
  milestones: new Map([['habit', 7], ['first-value', 0]]), // prettier-ignore
  now: 2 ** 51,
  heldUntil: 1,
  base: {
    judgedTo: 3,
    seen: 2,
    companySize: 40,
    ended: true,
    silentUntil: [{ key: 'at-risk/quiet', until: 9 }],
    episodes: [{ signal: 'at-risk', since: 1, until: 2, intervals: [interval, ended] }],
  },
  timeline: null,
  announced: [{ signal: 'at-risk', ordinal: 1, revision: 300, intervals: [ended, interval] }],
  ordinals: [{ signal: 'at-risk', count: 2 }],
};

/** The refs of a state are the events' own fields, without what actions have beside. */
const refs = ({ created, earliest }: SignalsState['start']) =>
  [created, earliest].map((ref) => ref && { at: ref.at, source: ref.source, id: ref.id, type: ref.type });

describe('1. A state comes back as it was written', () => {
  it.each<[string, SignalsState]>([
    ['with everything in it', full],
    ['new', signalsStateCodec.initial()],
    ['with nothing judged for good', { ...full, base: signalsStateCodec.initial().base }],
    [
      'whose clock starts with an action that it holds',
      { ...full, start: { created: action('evt-a'), earliest: null } },
    ],
  ])('%s', (_, state) => {
    const read = signalsStateCodec.decode(encodeState(signalsStateCodec, state));
    expect(refs(read.start)).toEqual(refs(state.start));
    expect({ ...read, start: null }).toEqual({ ...state, start: null });
  });
});

describe('2. Names', () => {
  it('2.1 that a plan lacks are stored as they are; those that a plan lost come back with them', () => {
    const poorer = codecOf({ ...plan, events: {}, milestones: [], signals: [] } as unknown as Plan);
    const stored = encodeState(signalsStateCodec, full);
    const beside = poorer.decode(encodeState(poorer, full));
    expect({ ...beside, start: refs(beside.start) }).toEqual({ ...full, start: refs(full.start) });
    const through = encodeState(poorer, poorer.decode(stored));
    expect(signalsStateCodec.decode(through)).toEqual(signalsStateCodec.decode(stored));
  });
});
