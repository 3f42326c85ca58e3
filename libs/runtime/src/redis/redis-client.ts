import type { Logger } from '@milepost/stream';
import { Redis } from 'ioredis';

/**
 * A command either answers or fails at once: nothing is queued while Redis is away and nothing is sent again by
 * itself, because the owner of a partition must know what it does not know.
 */
export function createRedis(url: string, logger: Logger): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    commandTimeout: 10_000,
    connectTimeout: 5_000,
    retryStrategy: (attempt) => Math.min(50 * attempt, 1_000),
    lazyConnect: true,
  });
  redis.on('error', (error: Error) => logger.debug({ error: error.message }, 'Redis connection'));
  return redis;
}
