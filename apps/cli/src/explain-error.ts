import { ConfigError } from '@milepost/platform';
import { InfrastructureError } from '@milepost/stream';
import { findAddresses, UsageError } from './connections.js';

/** What to say of an error that the user can put right, without a stack; null for one that is a fault of ours. */
export function explain(error: Error): string | null {
  if ([UsageError, ConfigError, InfrastructureError].some((kind) => error instanceof kind)) return error.message;
  if (error.name.startsWith('KafkaJS')) return away('Kafka', findAddresses().brokers.join(', '), error);
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  // Redis says it itself, and Kafka's client wraps it; what is left speaks HTTP.
  if (code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === 'ENOTFOUND')
    return away('ClickHouse', new URL(findAddresses().clickhouse).host, error);
  return path !== undefined && syscall !== undefined ? error.message : null;
}

const away = (what: string, where: string, { name, message }: Error): string =>
  `${what} at ${where} does not answer: is it running? (${message || name})`;
