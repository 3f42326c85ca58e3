import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createTopics } from '../topics-setup.js';
import { systemTimers } from '../timers.js';
import { withKnownCoordinators } from './known-coordinators.js';
import { CountedRequests, plainKafka } from './testing/counted-requests.js';
import { TransactionalProducer } from './transactional-producer.js';

const plain = plainKafka('coordinators');
const topic = `coordinators-${process.pid}`;
const RECORD = { topic, partition: 0, key: null, value: Buffer.from('a'), headers: {}, timestamp: null };

let now = 0;
const asked = new CountedRequests(withKnownCoordinators(plain, () => now), 'GroupCoordinator'); // prettier-ignore
const producer = new TransactionalProducer(topic, { kafka: asked, groupId: topic, topicPrefix: '', timers: systemTimers }); // prettier-ignore

beforeAll(() => createTopics(plain, [{ name: topic, partitions: 1, config: {} }], 1));
afterAll(() => producer.close());

async function askedBy(transactions: number): Promise<number> {
  const before = asked.count;
  for (let i = 0; i < transactions; i++)
    await producer.publish([RECORD], [{ topic, partition: 0, offset: i, metadata: '' }]);
  return asked.count - before;
}

it('a producer asks for a coordinator once a second, however many transactions it makes', async () => {
  await producer.begin();
  now = 1_000;
  expect(await askedBy(3)).toBe(2);
  expect(await askedBy(3)).toBe(0);
  now = 2_000;
  expect(await askedBy(3)).toBe(2);
});
