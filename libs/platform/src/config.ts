import { z } from 'zod';
import { brokers, count, namePart, url, wholeNumber } from './config-fields.js';
import { maskSetting } from './mask.js';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** What every service reads from its environment; a service adds its own to it with `extend`. */
export const serviceConfig = z.object({
  KAFKA_BROKERS: brokers('Kafka brokers, host:port, separated by commas.'),
  HOST: z.string().default('127.0.0.1').describe('Address that HTTP listens on.'),
  PORT: wholeNumber(0, 65_535, 0, 'Port of health and metrics; 0 picks one.'),
  LOG_LEVEL: z
    .enum(LEVELS, { error: `want one of ${LEVELS.join(', ')}` })
    .default('info')
    .describe('Least severe level that is logged.'),
  PLAN_DIR: z.string().default('plan').describe('Folder of the tracking plan.'),
  TOPIC_PREFIX: namePart(/^[\w.-]*$/, '', 'Put before each topic name.'),
  GROUP_PREFIX: namePart(/^[\w.-]+$/, 'milepost', 'Begins consumer groups, transactional ids and Redis keys.'),
  // The bounds are the broker's own: it refuses a member outside of them.
  KAFKA_SESSION_TIMEOUT_MS: wholeNumber(
    6_000,
    1_800_000,
    30_000,
    'After so long without a heartbeat Kafka gives the partitions to others.',
  ),
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

/**
 * Reads a configuration once; an empty variable counts as one that is not set. Throws a `ConfigError` that names each
 * variable, what was found (masked; nothing of a field with `.meta({ secret: true })`) and what is wanted.
 */
export function loadConfig<T extends z.ZodObject>(
  schema: T,
  environment: Record<string, string | undefined>,
): z.infer<T> {
  const given = Object.keys(schema.shape).map((name) => [name, environment[name] || undefined] as const);
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => {
    if (path[0] === undefined) return `  ${message}`;
    const name = String(path[0]);
    const found = environment[name];
    return `  ${name}: ${found ? `found ${shown(schema, name, found)}` : 'not set'}; ${message}`;
  });
  throw new ConfigError(`The configuration has problems:\n${lines.join('\n')}`);
}

/** The table of variables for `--help`. */
export function describeConfig(schema: z.ZodObject): string {
  const fields = Object.entries(schema.shape) as [string, z.ZodType][];
  const width = Math.max(...fields.map(([name]) => name.length));
  return fields
    .map(([name, field]) => {
      const fallback = field.safeParse(undefined);
      const value = fallback.success ? shown(schema, name, fallback.data) : '';
      const note = fallback.success ? `default ${value || 'empty'}` : 'required';
      return `  ${name.padEnd(width)}  ${field.description ?? ''} (${note})`;
    })
    .join('\n');
}

/** A configuration that was read, a line a variable, as `--validate` prints it. */
export function showConfig(schema: z.ZodObject, config: Record<string, unknown>): string {
  return Object.keys(schema.shape)
    .map((name) => `${name}=${shown(schema, name, config[name])}`)
    .join('\n');
}

function shown(schema: z.ZodObject, name: string, value: unknown): string {
  if (value === undefined) return '';
  const field = schema.shape[name] as z.ZodType | undefined;
  if (field?.meta()?.['secret'] === true) return '***';
  return [value].flat().map(String).map(maskSetting).join(',');
}

type ServiceConfig = z.infer<typeof serviceConfig>;

/** The part of the configuration that hosts of partitions need. */
export function hostSettings(config: ServiceConfig) {
  return {
    topicPrefix: config.TOPIC_PREFIX,
    groupPrefix: config.GROUP_PREFIX,
    sessionTimeoutMs: config.KAFKA_SESSION_TIMEOUT_MS,
    clockIntervalMs: config.CLOCK_INTERVAL_MS,
    idleAfterMs: config.IDLE_AFTER_MS,
    maxCachedAccounts: config.MAX_CACHED_ACCOUNTS,
  };
}
