import type { Logger } from '@milepost/stream';
import { Kafka, logLevel } from 'kafkajs';
import type { LogEntry } from 'kafkajs';
import { withKnownCoordinators } from './known-coordinators.js';

export interface KafkaOptions {
  brokers: string[];
  clientId: string;
}

/** A kafkajs client whose log goes through ours. Its protocol noise at a fresh start is debugging, not an alarm. */
export function createKafka({ brokers, clientId }: KafkaOptions, logger: Logger): Kafka {
  const kafka = new Kafka({
    brokers,
    clientId,
    logLevel: logLevel.WARN,
    retry: { initialRetryTime: 50, maxRetryTime: 2_000, retries: 8 },
    logCreator:
      () =>
      ({ namespace, log }: LogEntry) =>
        logger.debug({ namespace, error: log['error'] as unknown }, log.message),
  });
  return withKnownCoordinators(kafka);
}
