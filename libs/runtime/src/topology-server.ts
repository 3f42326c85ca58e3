import type { Logger, Metrics, Topology } from '@milepost/stream';
import type { Kafka } from 'kafkajs';
import { LogAdmin } from './kafka/log-admin.js';
import { TransactionalPublisher } from './kafka/transactional-publisher.js';
import { PartitionServer } from './partition-server.js';
import { createRedis } from './redis/redis-client.js';
import { RedisStateStore } from './redis/redis-state-store.js';
import { TopologyOwner } from './topology-owner.js';

export interface HostSettings {
  topicPrefix: string;
  groupPrefix: string;
  sessionTimeoutMs: number;
  clockIntervalMs: number;
  idleAfterMs: number;
  maxCachedAccounts: number;
  redisUrl: string;
}

export interface Host {
  server: PartitionServer;
  /** By name: throws when the part does not answer. */
  checks: Record<string, () => Promise<string>>;
}

const MILLI = 1_000;

/** Hosts a stateful topology on Kafka and Redis. */
export function topologyServer<S, I>(
  topology: Topology<S, I>,
  settings: HostSettings,
  kafka: Kafka,
  logger: Logger,
  metrics: Metrics,
  onFatal: (error: Error) => void,
): Host {
  const { topicPrefix, groupPrefix } = settings;
  const groupId = `${groupPrefix}-${topology.name}`;
  const redis = createRedis(settings.redisUrl, logger);
  const store = new RedisStateStore(redis, topology.name, `${groupPrefix}:`);
  const log = new LogAdmin(kafka, groupId);
  const server = new PartitionServer({
    kafka,
    groupId,
    topics: [topicPrefix + topology.source],
    logger,
    sessionTimeoutMs: settings.sessionTimeoutMs,
    maxWaitMs: 50,
    minBytes: 1,
    maxBytesPerPartition: 1_048_576,
    onFatal,
    connect: async () => {
      await redis.connect();
      await log.connect();
    },
    disconnect: async () => {
      redis.disconnect();
      await log.close();
    },
    newOwner: (topic, partition) =>
      new TopologyOwner({
        topology,
        partition,
        topic,
        store,
        log,
        metrics,
        publisher: new TransactionalPublisher({ kafka, groupId, topic, partition, topicPrefix }),
        now: () => Date.now() * MILLI,
        clockInterval: settings.clockIntervalMs * MILLI,
        idleAfter: settings.idleAfterMs * MILLI,
        maxCachedAccounts: Math.ceil(settings.maxCachedAccounts / 8),
      }),
  });
  return { server, checks: { partitions: () => partitionsTaken(server), redis: () => redis.ping() } };
}

export function partitionsTaken(server: PartitionServer): Promise<string> {
  const { joined, assigned, taken, stopped } = server.membership();
  if (!joined) throw new Error('The consumer group is not joined yet.');
  if (stopped.length > 0) throw new Error(stopped.join(' '));
  if (taken < assigned) throw new Error(`${taken} of ${assigned} partitions are taken.`);
  return Promise.resolve(`${taken} of ${assigned} partitions taken`);
}
