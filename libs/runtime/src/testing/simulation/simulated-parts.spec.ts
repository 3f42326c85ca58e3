import { describe, it } from '@jest/globals';
import { Chance } from '@milepost/simulator';
import { PUBLISHER_CONTRACT, RANGE_WRITER_CONTRACT, STATE_STORE_CONTRACT } from '@milepost/stream/testing';
import type { PublisherSubject } from '@milepost/stream/testing';
import { LogAdmin } from '../../kafka/log-admin.js';
import { SharedPublishers } from '../../kafka/shared-publisher.js';
import { MemoryStateStore, StoredState } from './memory-state-store.js';
import { MemoryWarehouse, memoryRangeWriter } from './memory-warehouse.js';
import { Network } from './network.js';
import { Scheduler } from './scheduler.js';
import { simulatedKafka } from './simulated-kafka.js';
import { SimulatedLog } from './simulated-log.js';

describe('1. The state store in memory keeps the contract:', () => {
  it.each(STATE_STORE_CONTRACT)('$promise', ({ holds }) => holds(new MemoryStateStore(new StoredState())));
});

describe('2. The warehouse in memory keeps the contract:', () => {
  it.each(RANGE_WRITER_CONTRACT)('$promise', ({ holds }) => {
    const warehouse = new MemoryWarehouse(100);
    const writer = memoryRangeWriter(warehouse, (_, carryOut) => Promise.resolve(carryOut()));
    const written = (): Promise<number[]> => Promise.resolve(warehouse.rows.map(({ offset }) => offset));
    return holds({ writer, topic: 'orders', partition: 1, written });
  });
});

const GROUP = 'contract';

function simulatedSubject(scheduler: Scheduler): PublisherSubject {
  const log = new SimulatedLog(scheduler, 2);
  const caller = { name: 'p', alive: true, paused: false };
  const noConsumer = (): never => {
    throw new Error('Nobody consumes here.');
  };
  const kafka = simulatedKafka(caller, new Network(scheduler), log, noConsumer, () => scheduler.now);
  const timers = {
    now: () => scheduler.now,
    after: (ms: number, work: () => void) => scheduler.plan('timer', work, scheduler.now + ms),
    every: () => () => undefined,
  };
  const admin = new LogAdmin(kafka, GROUP, timers);
  const options = { kafka, groupId: GROUP, topicPrefix: '', timers, log: admin };
  return {
    publisher: () => new SharedPublishers(options).publisherOf('orders', 1),
    log: admin,
    topic: 'orders',
    outputs: 'receipts',
    partition: 1,
    publisherId: async () => (await admin.marked('orders', 1))!.publisher!,
    leaveOpen: async (transactionalId, value) => {
      const transaction = await kafka.producer({ transactionalId }).transaction();
      const messages = [{ value: Buffer.from(value), partition: 1 }];
      await transaction.sendBatch({ topicMessages: [{ topic: 'receipts', messages }] });
    },
    read: () => Promise.resolve(log.partition('receipts', 1).committed().map(({ value }) => value!.toString())), // prettier-ignore
  };
}

describe('3. The simulated Kafka keeps the contract:', () => {
  it.each(PUBLISHER_CONTRACT)('$promise', async ({ holds }) => {
    const scheduler = new Scheduler(new Chance(1, 1), false);
    let ended = false;
    const done = holds(simulatedSubject(scheduler)).finally(() => (ended = true));
    for (let i = 0; !ended && i < 1_000; i++) await scheduler.step([]);
    if (!ended) throw new Error(`It waits for something that never happens.`);
    await done;
  });
});
