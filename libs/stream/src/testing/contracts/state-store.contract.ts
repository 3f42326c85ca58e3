import assert from 'node:assert/strict';
import type { Commit, StateStore, StoredPartition } from '../../ports.js';
import { encodeOutbox } from '../../outbox.js';
import { StatePack } from '../../state-pack.js';
import type { Contract } from './contract.js';

const PARTITION = 3;
const OWNER = 'owner';
const NOTHING: StoredPartition = {
  next: null,
  clock: 0,
  outbox: [],
  due: [],
  forgotten: [],
  control: 0,
  tally: {},
};

const commit = (from: number, to: number, changed: Partial<Commit> = {}): Commit => ({
  from,
  to,
  states: Buffer.alloc(0),
  due: [],
  forgotten: [],
  control: 0,
  outbox: null,
  confirmed: from,
  clock: 0,
  tally: {},
  ...changed,
});
const state = (text: string): Buffer => Buffer.from(text);
const packed = (states: [account: string, state: Buffer][]): Buffer => {
  const pack = new StatePack();
  for (const [account, bytes] of states) pack.add(account, (to) => to.raw(bytes));
  return pack.take();
};
const outbox = (from: number, to: number): Buffer => encodeOutbox({ from, to, entries: [] });
const refused = (work: Promise<unknown>): Promise<void> => assert.rejects(work, { code: 'ownership-lost' });

async function begun(store: StateStore): Promise<void> {
  await store.takeOver(PARTITION, OWNER);
  await store.begin(PARTITION, OWNER, 0);
}

/** A write that is refused leaves everything as it was. */
async function refusesWhole(store: StateStore, token: string, from: number): Promise<void> {
  await begun(store);
  await store.commit(PARTITION, OWNER, commit(0, 5, { states: packed([['ann', state('1')]]) }));
  const wrong: Partial<Commit> = {
    states: packed([['ann', state('2')]]),
    due: [['ann', 9]],
    outbox: outbox(from, 9),
    clock: 7,
    tally: { n: 1 },
  };
  await refused(store.commit(PARTITION, token, commit(from, 9, wrong)));
  assert.deepEqual(await store.load(PARTITION, OWNER, 5, ['ann']), [state('1')]);
  assert.deepEqual(await store.takeOver(PARTITION, 'next'), { ...NOTHING, next: 5 });
}

/** The subject is empty at the start of each clause. */
export const STATE_STORE_CONTRACT: Contract<StateStore> = [
  {
    promise: 'nothing is stored at first',
    holds: async (store) => assert.deepEqual(await store.takeOver(PARTITION, OWNER), NOTHING),
  },
  {
    promise: 'a partition begins once, and only for its owner',
    holds: async (store) => {
      await store.takeOver(PARTITION, OWNER);
      await refused(store.begin(PARTITION, 'other', 0));
      await store.begin(PARTITION, OWNER, 7);
      await refused(store.begin(PARTITION, OWNER, 7));
      assert.equal((await store.takeOver(PARTITION, OWNER)).next, 7);
    },
  },
  {
    promise: 'what is committed is found by the next owner',
    holds: async (store) => {
      await begun(store);
      const batch = { from: 0, to: 5, entries: [] };
      const due: [string, number][] = [['ann', 2 ** 51]];
      await store.commit(
        PARTITION,
        OWNER,
        commit(0, 5, {
          states: packed([['ann', state('1')]]),
          due,
          outbox: encodeOutbox(batch),
          clock: 44,
          tally: { n: 2 },
        }),
      );
      const found = await store.takeOver(PARTITION, 'next');
      assert.deepEqual(found.outbox.map(encodeOutbox), [encodeOutbox(batch)]);
      assert.deepEqual({ ...found, outbox: [] }, { ...NOTHING, next: 5, clock: 44, due, tally: { n: 2 } });
      assert.deepEqual(await store.load(PARTITION, 'next', 5, ['ann', 'bob']), [state('1'), null]);
    },
  },
  {
    promise: 'any bytes come back as they were',
    holds: async (store) => {
      await begun(store);
      const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
      await store.commit(PARTITION, OWNER, commit(0, 1, { states: packed([['ünï "code"\n', bytes]]) }));
      assert.deepEqual(await store.load(PARTITION, OWNER, 1, ['ünï "code"\n']), [bytes]);
    },
  },
  { promise: 'a commit with an older token changes nothing', holds: (store) => refusesWhole(store, 'older', 5) },
  { promise: 'a commit from another offset changes nothing', holds: (store) => refusesWhole(store, OWNER, 4) },
  {
    promise: 'who was relieved can neither read nor probe nor write',
    holds: async (store) => {
      await begun(store);
      await store.takeOver(PARTITION, 'next');
      await refused(store.load(PARTITION, OWNER, 0, ['ann']));
      await refused(store.probe(PARTITION, OWNER, 0, 0));
      await refused(store.commit(PARTITION, OWNER, commit(0, 1)));
      await store.probe(PARTITION, 'next', 0, 0);
    },
  },
  {
    promise: 'who stands elsewhere can neither read nor probe',
    holds: async (store) => {
      await begun(store);
      await refused(store.load(PARTITION, OWNER, 1, ['ann']));
      await refused(store.probe(PARTITION, OWNER, 1, 0));
      await store.probe(PARTITION, OWNER, 0, 0);
    },
  },
  {
    promise: 'outputs are kept, in order, until they are confirmed',
    holds: async (store) => {
      await begun(store);
      await store.commit(PARTITION, OWNER, commit(0, 5, { outbox: outbox(0, 5), confirmed: 0 }));
      await store.commit(PARTITION, OWNER, commit(5, 12, { outbox: outbox(5, 12), confirmed: 4 }));
      const kept = (await store.takeOver(PARTITION, OWNER)).outbox.map(({ from, to }) => [from, to]);
      assert.deepEqual(kept, [[0, 5], [5, 12]]); // prettier-ignore
      await store.commit(PARTITION, OWNER, commit(12, 13, { confirmed: 5 }));
      const left = (await store.takeOver(PARTITION, OWNER)).outbox.map(({ from, to }) => [from, to]);
      assert.deepEqual(left, [[5, 12]]);
    },
  },
  {
    promise: 'due instants are replaced and withdrawn',
    holds: async (store) => {
      await begun(store);
      await store.commit(PARTITION, OWNER, commit(0, 1, { due: [['ann', 10], ['bob', 20]] })); // prettier-ignore
      await store.commit(PARTITION, OWNER, commit(1, 2, { due: [['ann', 30], ['bob', null], ['cat', null]] })); // prettier-ignore
      assert.deepEqual((await store.takeOver(PARTITION, OWNER)).due, [['ann', 30]]);
    },
  },
  {
    promise: 'what is confirmed is let go by a probe too',
    holds: async (store) => {
      await begun(store);
      await store.commit(PARTITION, OWNER, commit(0, 5, { outbox: outbox(0, 5) }));
      await store.commit(PARTITION, OWNER, commit(5, 12, { outbox: outbox(5, 12) }));
      await store.probe(PARTITION, OWNER, 12, 5);
      assert.deepEqual((await store.takeOver(PARTITION, OWNER)).outbox.map(({ to }) => to), [12]); // prettier-ignore
    },
  },
  {
    promise: 'of a forgotten account only the hash is left',
    holds: async (store) => {
      await begun(store);
      const known: Partial<Commit> = { states: packed([['ann', state('1')], ['bob', state('2')]]), due: [['ann', 9]] }; // prettier-ignore
      await store.commit(PARTITION, OWNER, commit(0, 1, known));
      const gone: Partial<Commit> = { due: [['ann', null]], forgotten: [['ann', 'hash of ann']], control: 3 };
      await store.commit(PARTITION, OWNER, commit(1, 2, gone));
      await store.commit(PARTITION, OWNER, commit(2, 3, { forgotten: [['cat', 'hash of cat']], control: 4 }));
      assert.deepEqual(await store.load(PARTITION, OWNER, 3, ['ann', 'bob']), [null, state('2')]);
      const { due, forgotten, control } = await store.takeOver(PARTITION, OWNER);
      assert.deepEqual([due, forgotten.sort(), control], [[], ['hash of ann', 'hash of cat'], 4]);
    },
  },
  {
    promise: 'the tally adds up',
    holds: async (store) => {
      await begun(store);
      await store.commit(PARTITION, OWNER, commit(0, 1, { tally: { open: 2, 'violation:X': 1 } }));
      await store.commit(PARTITION, OWNER, commit(1, 2, { tally: { open: -1 } }));
      assert.deepEqual((await store.takeOver(PARTITION, OWNER)).tally, { open: 1, 'violation:X': 1 });
    },
  },
  {
    promise: 'partitions know nothing of each other',
    holds: async (store) => {
      await begun(store);
      await store.commit(PARTITION, OWNER, commit(0, 5, { states: packed([['ann', state('1')]]), due: [['ann', 1]] }));
      assert.deepEqual(await store.takeOver(PARTITION + 1, OWNER), NOTHING);
      await store.begin(PARTITION + 1, OWNER, 0);
      assert.deepEqual(await store.load(PARTITION + 1, OWNER, 0, ['ann']), [null]);
      await store.probe(PARTITION, OWNER, 5, 0);
    },
  },
  {
    promise: 'schemas are kept once, for whoever reads states',
    holds: async (store) => {
      assert.deepEqual(await store.schemas(), []);
      for (const schema of ['"int"', '"long"', '"int"']) await store.publishSchema(schema);
      assert.deepEqual((await store.schemas()).sort(), ['"int"', '"long"']);
    },
  },
  {
    promise: 'a batch may touch 20,000 accounts',
    holds: async (store) => {
      await begun(store);
      const accounts = Array.from({ length: 20_000 }, (_, i) => `acct-${i}`);
      const states = accounts.map((account): [string, Buffer] => [account, state(account)]);
      const due = accounts.map((account, i): [string, number] => [account, i]);
      await store.commit(PARTITION, OWNER, commit(0, 1, { states: packed(states), due }));
      const found = await store.load(PARTITION, OWNER, 1, accounts);
      assert.equal(found.filter((blob, i) => blob?.toString() === accounts[i]).length, accounts.length);
      assert.equal((await store.takeOver(PARTITION, OWNER)).due.length, accounts.length);
    },
  },
];
