import { z } from 'zod';

const count = (fallback: number, description: string) =>
  z.coerce.number().int().min(1).default(fallback).describe(description);
const url = (protocols: string[], description: string) =>
  z
    .string()
    .refine((text) => protocols.some((one) => text.startsWith(`${one}//`)) && URL.canParse(text), {
      message: `want a URL that begins with ${protocols.join(' or ')}//`,
    })
    .describe(description);

/** What every service reads from its environment; a service adds its own to it. */
export const serviceConfig = z.object({
  KAFKA_BROKERS: z
    .string()
    .min(1)
    .transform((text) => text.split(',').map((broker) => broker.trim()))
    .describe('Kafka brokers, host:port, separated by commas.'),
  HOST: z.string().default('127.0.0.1').describe('Address that HTTP listens on.'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(0).describe('Port of health and metrics; 0 picks one.'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info').describe('Least severe level that is logged.'),
  PLAN_DIR: z.string().default('plan').describe('Folder of the tracking plan.'),
  TOPIC_PREFIX: z.string().default('').describe('Put before each topic name.'),
  GROUP_PREFIX: z.string().default('milepost').describe('Begins consumer groups, transactional ids and Redis keys.'),
  SESSION_TIMEOUT_MS: count(30_000, 'After so long without a heartbeat Kafka gives the partitions to others.'),
  CLOCK_INTERVAL_MS: count(5_000, 'How often stream time is written to a partition of the journey.'),
  IDLE_AFTER_MS: count(10_000, 'After so long without records a partition follows the wall clock.'),
  MAX_CACHED_ACCOUNTS: count(200_000, 'Accounts kept in memory, over all partitions.'),
});
export const redisConfig = z.object({ REDIS_URL: url(['redis:', 'rediss:'], 'Redis, redis://host:port.') });
export const clickhouseConfig = z.object({
  CLICKHOUSE_URL: url(['http:', 'https:'], 'ClickHouse HTTP interface, http://host:port.'),
});

/** Every problem of a configuration at once. */
export class ConfigError extends Error {}

/** Reads a configuration once. Throws a `ConfigError` that names each variable, what was found and what is wanted. */
export function loadConfig<T extends z.ZodObject>(
  schema: T,
  environment: Record<string, string | undefined>,
): z.infer<T> {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    const found = environment[name];
    return `  ${name}: ${found === undefined ? 'not set' : `found ${maskUrl(found)}`}; ${message}`;
  });
  throw new ConfigError(`The configuration has problems:\n${lines.join('\n')}`);
}

/** A value as it may be shown: without the credentials that a URL can carry. */
export function maskUrl(value: string): string {
  return value.replace(/\/\/[^@/]*@/, '//***@');
}

/** The table of variables for `--help`. */
export function describeConfig(schema: z.ZodObject): string {
  return Object.entries(schema.shape)
    .map(([name, field]) => {
      const type = field as z.ZodType;
      const fallback = type.safeParse(undefined);
      const note = fallback.success ? `default ${String(fallback.data) || 'empty'}` : 'required';
      return `  ${name.padEnd(22)} ${type.description ?? ''} (${note})`;
    })
    .join('\n');
}

type ServiceConfig = z.infer<typeof serviceConfig>;

/** The part of the configuration that hosts of partitions need. */
export function hostSettings(config: ServiceConfig) {
  return {
    topicPrefix: config.TOPIC_PREFIX,
    groupPrefix: config.GROUP_PREFIX,
    sessionTimeoutMs: config.SESSION_TIMEOUT_MS,
    clockIntervalMs: config.CLOCK_INTERVAL_MS,
    idleAfterMs: config.IDLE_AFTER_MS,
    maxCachedAccounts: config.MAX_CACHED_ACCOUNTS,
  };
}
