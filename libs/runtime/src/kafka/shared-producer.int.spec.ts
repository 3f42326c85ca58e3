import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createTopics } from '../topics-setup.js';
import { systemTimers } from '../timers.js';
import type { Timers } from '../timers.js';
import { SharedProducer } from './shared-producer.js';
import { CountedRequests, plainKafka } from './testing/counted-requests.js';

const kafka = plainKafka('shared');
const topic = `shared-${process.pid}`;
const RECORD = { topic, partition: 0, key: null, value: Buffer.from('a'), headers: {}, timestamp: null };

/** Short waits, which are those for company, end when the test says so: on a busy machine five milliseconds are soon over. */
const waits: (() => void)[] = [];
const timers: Timers = {
  ...systemTimers,
  now: () => 0,
  after: (ms, work) => (ms > 5 ? systemTimers.after(ms, work) : (waits.push(work), () => undefined)),
};
const ended = new CountedRequests(kafka, 'EndTxn');
const shared = new SharedProducer(topic, { kafka: ended, groupId: topic, topicPrefix: '', timers });

beforeAll(async () => {
  await createTopics(kafka, [{ name: topic, partitions: 1, config: {} }], 1);
  await shared.begin();
});
afterAll(() => shared.close());

it('partitions that are ready one after the other share a transaction', async () => {
  const before = ended.count;
  const first = shared.publish([RECORD], []);
  await new Promise((done) => setImmediate(done));
  const others = [shared.publish([RECORD], []), shared.publish([RECORD], [])];
  for (const end of waits) end();
  await Promise.all([first, ...others]);
  expect(ended.count - before).toBe(1);
});
