import type { Logger, Metrics, RangeWriter } from '@milepost/stream';
import type { Kafka } from 'kafkajs';
import { LogAdmin } from './kafka/log-admin.js';
import { TransactionalPublisher } from './kafka/transactional-publisher.js';
import { PartitionServer } from './partition-server.js';
import { RangeOwner } from './range-owner.js';
import { partitionsTaken } from './topology-server.js';
import type { Host, HostSettings } from './topology-server.js';

/** Hosts the writing of topics into a store, range by range. */
export function rangeServer(
  topics: readonly string[],
  writerOf: (topic: string) => RangeWriter,
  settings: Omit<HostSettings, 'redisUrl'>,
  kafka: Kafka,
  logger: Logger,
  metrics: Metrics,
  onFatal: (error: Error) => void,
): Host {
  const { topicPrefix, groupPrefix } = settings;
  const groupId = `${groupPrefix}-warehouse`;
  const log = new LogAdmin(kafka, groupId);
  const server = new PartitionServer({
    kafka,
    groupId,
    topics: topics.map((topic) => topicPrefix + topic),
    logger,
    sessionTimeoutMs: settings.sessionTimeoutMs,
    // ClickHouse likes few large blocks: rows may wait a moment for company.
    maxWaitMs: 1_000,
    minBytes: 262_144,
    maxBytesPerPartition: 4_194_304,
    onFatal,
    connect: () => log.connect(),
    disconnect: () => log.close(),
    newOwner: (topic, partition) =>
      new RangeOwner({
        topic,
        partition,
        log,
        metrics,
        writer: writerOf(topic.slice(topicPrefix.length)),
        publisher: new TransactionalPublisher({ kafka, groupId, topic, partition, topicPrefix }),
        now: () => Date.now() * 1_000,
      }),
  });
  const clickhouse = async (): Promise<string> => {
    await writerOf(topics[0]!).ping();
    return 'answers';
  };
  return { server, checks: { partitions: () => partitionsTaken(server), clickhouse } };
}
