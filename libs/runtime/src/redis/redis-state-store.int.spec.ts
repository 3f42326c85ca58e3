import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { STATE_STORE_CONTRACT } from '@milepost/stream/testing';
import { createRedis } from './redis-client.js';
import { RedisStateStore } from './redis-state-store.js';

const silent = (): void => undefined;
const redis = createRedis(process.env['REDIS_URL']!, { debug: silent, info: silent, warn: silent, error: silent });

beforeAll(() => redis.connect());
afterAll(() => redis.disconnect());

describe('1. The state store in Redis keeps the contract:', () => {
  it.each(STATE_STORE_CONTRACT.map((clause, i) => ({ ...clause, i })))('$promise', ({ holds, i }) =>
    holds(new RedisStateStore(redis, 'contract', `test-${process.pid}-${i}:`)),
  );
});
