import { describe, expect, it } from '@jest/globals';
import type { Timers } from '../timers.js';
import { ANSWER_MS } from './in-time.js';
import { LogAdmin } from './log-admin.js';
import { TransactionalProducer } from './transactional-producer.js';

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/** Time that the test moves. */
class HandTimers implements Timers {
  private time = 0;
  private readonly waiting = new Set<{ at: number; work: () => void }>();

  now(): number {
    return this.time;
  }
  after(ms: number, work: () => void): () => void {
    const one = { at: this.time + ms, work };
    this.waiting.add(one);
    return () => this.waiting.delete(one);
  }
  every(): () => void {
    throw new Error('Nothing here repeats.');
  }
  get pending(): number {
    return this.waiting.size;
  }
  pass(ms: number): void {
    this.time += ms;
    for (const one of this.waiting)
      if (one.at <= this.time) {
        this.waiting.delete(one);
        one.work();
      }
  }
}

/** A client whose requests are lost: neither an answer nor an error comes. */
const lost = {
  producer: () => ({ connect: never, transaction: never, disconnect: never }),
  admin: () => ({ fetchOffsets: never, fetchTopicOffsets: never }),
} as unknown as ConstructorParameters<typeof LogAdmin>[0] &
  ConstructorParameters<typeof TransactionalProducer>[1]['kafka'];

describe('A request that kafkajs forgets holds nobody for ever', () => {
  const timers = new HandTimers();
  const producer = new TransactionalProducer('id', { kafka: lost, groupId: 'group', topicPrefix: '', timers });
  const log = new LogAdmin(lost, 'group', timers);

  it.each([
    ['fencing', () => producer.begin()],
    ['publishing', () => producer.publish([], [{ topic: 'in', partition: 0, offset: 1, metadata: '' }])],
    ['asking for the committed offset', () => log.committed('in', 0)],
    ['asking for the ends of the log', () => log.bounds('in', 0)],
  ])('%s fails as the log being away', async (_, work) => {
    const result = expect(work()).rejects.toMatchObject({ code: 'log-unavailable' });
    await Promise.resolve();
    timers.pass(ANSWER_MS);
    await result;
    expect(timers.pending).toBe(0);
  });

  it('a producer that is discarded is not waited for', async () => {
    const result = expect(producer.close()).rejects.toThrow('has not answered');
    timers.pass(ANSWER_MS);
    await result;
  });
});
