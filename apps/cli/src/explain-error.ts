import { QuestionTooCostly, UnreadableRow } from '@milepost/clickhouse';
import { ConfigError } from '@milepost/platform';
import { InfrastructureError } from '@milepost/stream';
import { findAddresses, UsageError } from './connections.js';

/** Errors whose messages say what to do. */
const SAID = [UsageError, ConfigError, InfrastructureError, UnreadableRow];

/** What to say of an error that the user can put right, without a stack; null for one that is a fault of ours. */
export function explain(error: Error): string | null {
  // What the client said is plainer than what a service would do about it.
  const away = error instanceof InfrastructureError && error.cause instanceof Error ? explain(error.cause) : null;
  if (away !== null) return away;
  if (SAID.some((kind) => error instanceof kind)) return error.message;
  if (error instanceof QuestionTooCostly) return `${error.message} Raise the limits of the ClickHouse user that asks.`;
  if (error.name.startsWith('KafkaJS')) return notThere('Kafka', findAddresses().brokers.join(', '), error);
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  // Redis says it itself, and Kafka's client wraps it; what is left speaks HTTP.
  if (code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === 'ENOTFOUND')
    return notThere('ClickHouse', new URL(findAddresses().clickhouse).host, error);
  return path !== undefined && syscall !== undefined ? error.message : null;
}

const notThere = (what: string, where: string, { name, message }: Error): string =>
  `${what} at ${where} does not answer: is it running? (${message || name})`;
