import type { RangeWriter } from '@milepost/stream';
import { LogAdmin } from './kafka/log-admin.js';
import { SharedPublishers } from './kafka/shared-publisher.js';
import { PartitionServer } from './partition-server.js';
import { RangeOwner } from './range-owner.js';
import { partitionsTaken } from './topology-server.js';
import type { Host, HostParts, HostSettings } from './topology-server.js';

/** Hosts the writing of topics into a store, range by range. */
export function rangeServer(
  topics: readonly string[],
  writerOf: (topic: string) => RangeWriter,
  settings: Omit<HostSettings, 'redisUrl'>,
  parts: HostParts,
): Host {
  const { topicPrefix, groupPrefix } = settings;
  const { kafka, timers, logger, metrics, onFatal } = parts;
  const groupId = `${groupPrefix}-warehouse`;
  const log = new LogAdmin(kafka, groupId, timers);
  const publishers = new SharedPublishers({ kafka, groupId, topicPrefix, timers, log });
  const server = new PartitionServer({
    kafka,
    timers,
    groupId,
    topics: topics.map((topic) => topicPrefix + topic),
    logger,
    sessionTimeoutMs: settings.sessionTimeoutMs,
    maxWaitMs: 500,
    minBytes: 262_144,
    maxBytesPerPartition: 4_194_304,
    // ClickHouse likes few large blocks: rows may wait a moment for company.
    gatherMs: 1_000,
    onFatal,
    connect: () => log.connect(),
    disconnect: async () => {
      await publishers.close();
      await log.close();
    },
    newOwner: (topic, partition) =>
      new RangeOwner({
        topic,
        partition,
        log,
        metrics,
        writer: writerOf(topic.slice(topicPrefix.length)),
        publisher: publishers.publisherOf(topic, partition),
        now: () => timers.now() * 1_000,
      }),
  });
  const clickhouse = async (): Promise<string> => {
    await writerOf(topics[0]!).ping();
    return 'answers';
  };
  return { server, checks: { partitions: () => partitionsTaken(server), clickhouse } };
}
