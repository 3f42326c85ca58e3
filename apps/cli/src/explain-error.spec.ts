import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { QuestionTooCostly, UnreadableRow } from '@milepost/clickhouse';
import { InfrastructureError } from '@milepost/stream';
import { explain } from './explain-error.js';

const before = { ...process.env };
beforeEach(() => void Object.assign(process.env, { KAFKA_BROKERS: 'k:1', REDIS_URL: 'redis://r:1', CLICKHOUSE_URL: 'http://c:1' })); // prettier-ignore
afterEach(() => void (process.env = { ...before }));

const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

describe('1. What a user can put right is said without a stack', () => {
  it.each([
    ['ClickHouse away', refused, 'ClickHouse at c:1 does not answer: is it running? (connect ECONNREFUSED)'],
    ['the same, named by who asked', new InfrastructureError('warehouse-unavailable', 'gone', { cause: refused }), 'ClickHouse at c:1 does not answer'], // prettier-ignore
    ['Kafka away', Object.assign(new Error('no broker'), { name: 'KafkaJSConnectionError' }), 'Kafka at k:1 does not answer'], // prettier-ignore
    ['a fault that has no plainer cause', new InfrastructureError('warehouse-unavailable', 'refused', { cause: new Error('?') }), 'warehouse-unavailable: refused'], // prettier-ignore
    ['a limit of ClickHouse', new QuestionTooCostly('ClickHouse stopped it (TIMEOUT_EXCEEDED).'), 'Raise the limits'],
    ['a row of somebody else', new UnreadableRow('milepost.events, event e'), 'event e'],
  ])('1.1 %s', (_, error, said) => expect(explain(error)).toContain(said));

  it('1.2 a fault of ours is none of them', () => expect(explain(new TypeError('x is undefined'))).toBeNull());
});
