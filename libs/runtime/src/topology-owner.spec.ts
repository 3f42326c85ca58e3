import { describe, expect, it } from '@jest/globals';
import { MemoryStateStore, StoredState } from './testing/simulation/memory-state-store.js';
import { builds } from './testing/simulation/topologies.js';
import { TopologyOwner } from './topology-owner.js';

const done = (): Promise<void> => Promise.resolve();
const silent = (): void => undefined;

/** An owner that took a partition whose state has seen `seen` control records, where the control topic ends at `end`. */
async function owner(seen: number, end: number): Promise<TopologyOwner<unknown, unknown>> {
  const stored = new StoredState();
  stored.write(0, '', (copy) => Object.assign(copy, { next: 7, control: seen }));
  const one = new TopologyOwner({
    topology: builds()[0]! as never,
    partition: 0,
    topic: 'orders',
    store: new MemoryStateStore(stored),
    publisher: { fence: done, publish: done, close: done },
    log: {
      committed: () => Promise.resolve({ offset: 7, metadata: '' }),
      bounds: () => Promise.resolve({ low: 0, high: 7 }),
    },
    control: { end: () => Promise.resolve(end), read: () => Promise.resolve(null) },
    metrics: { count: silent, gauge: silent, observe: silent },
    now: () => 0,
    clockInterval: 1,
    idleAfter: 1,
    maxCachedAccounts: 1,
  });
  await one.take();
  return one;
}

describe('1. A control topic that was made anew', () => {
  it('1.1 stops the partition with an alarm: who was erased would come back in the next replay', async () => {
    const tick = (await owner(3, 2)).tick(0);
    await expect(tick).rejects.toMatchObject({ code: 'control-missing', stops: true });
    await expect(tick).rejects.toThrow('3 are known, 2 there');
  });

  it('1.2 and that holds all that is known does not', async () => {
    await expect((await owner(3, 3)).tick(0)).resolves.toBeUndefined();
  });
});
