import { PARTITIONS } from '@milepost/contracts';
import type { ControlLog, Logger, Metrics, StateStore, Topology } from '@milepost/stream';
import type { Kafka } from 'kafkajs';
import { KafkaControlLog } from './kafka/kafka-control-log.js';
import { LogAdmin } from './kafka/log-admin.js';
import { SharedPublishers } from './kafka/shared-publisher.js';
import { PartitionServer } from './partition-server.js';
import type { Timers } from './timers.js';
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

/** What a host runs on; a simulation puts its own in. */
export interface HostParts {
  kafka: Pick<Kafka, 'consumer' | 'producer' | 'admin'>;
  timers: Timers;
  logger: Logger;
  metrics: Metrics;
  onFatal: (error: Error) => void;
}

/** Hosts a stateful topology on Kafka and Redis. */
export function topologyServer<S, I>(topology: Topology<S, I>, settings: HostSettings, parts: HostParts): Host {
  const redis = createRedis(settings.redisUrl, parts.logger);
  const store = new RedisStateStore(redis, topology.name, `${settings.groupPrefix}:`);
  const { kafka, timers } = parts;
  const control = topology.checksMarkers ? new KafkaControlLog({ kafka, timers, ...settings }) : null;
  const server = topologyPartitions(topology, settings, parts, {
    store,
    control,
    connect: async () => {
      await redis.connect();
      await control?.connect();
    },
    disconnect: async () => {
      redis.disconnect();
      await control?.close();
    },
  });
  return { server, checks: { partitions: () => partitionsTaken(server), redis: () => redis.ping() } };
}

export interface HostedStore {
  store: StateStore;
  /** For a topology that checks markers. */
  control: ControlLog | null;
  connect(): Promise<void>;
  disconnect(): Promise<void>;
}

/** The host of a topology above its store. */
export function topologyPartitions<S, I>(
  topology: Topology<S, I>,
  settings: Omit<HostSettings, 'redisUrl'>,
  parts: HostParts,
  { store, control, connect, disconnect }: HostedStore,
): PartitionServer {
  const { topicPrefix, groupPrefix } = settings;
  const { kafka, timers, logger, metrics, onFatal } = parts;
  const groupId = `${groupPrefix}-${topology.name}`;
  const log = new LogAdmin(kafka, groupId, timers);
  const publishers = new SharedPublishers({ kafka, groupId, topicPrefix, timers, log });
  return new PartitionServer({
    kafka,
    timers,
    groupId,
    topics: [topicPrefix + topology.source],
    logger,
    sessionTimeoutMs: settings.sessionTimeoutMs,
    // A fetch of a few records costs as much as one of a hundred: they may wait a moment for company.
    maxWaitMs: 25,
    minBytes: 131_072,
    maxBytesPerPartition: 2_097_152,
    gatherMs: 0,
    onFatal,
    connect: async () => {
      await connect();
      await log.connect();
    },
    disconnect: async () => {
      await disconnect();
      await publishers.close();
      await log.close();
    },
    newOwner: (topic, partition) =>
      new TopologyOwner({
        topology,
        partition,
        topic,
        store,
        log,
        control,
        metrics,
        publisher: publishers.publisherOf(topic, partition),
        now: () => timers.now() * MILLI,
        clockInterval: settings.clockIntervalMs * MILLI,
        idleAfter: settings.idleAfterMs * MILLI,
        maxCachedAccounts: Math.ceil(settings.maxCachedAccounts / PARTITIONS),
      }),
  });
}

export function partitionsTaken(server: PartitionServer): Promise<string> {
  const { joined, assigned, taken, stopped } = server.membership();
  if (!joined) throw new Error('The consumer group is not joined yet.');
  if (stopped.length > 0) throw new Error(stopped.join(' '));
  if (taken < assigned) throw new Error(`${taken} of ${assigned} partitions are taken.`);
  return Promise.resolve(`${taken} of ${assigned} partitions taken`);
}
