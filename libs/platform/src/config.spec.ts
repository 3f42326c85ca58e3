import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { clickhouseConfig, ConfigError, describeConfig, hostSettings, loadConfig, redisConfig } from './config.js';
import { serviceConfig, showConfig } from './config.js';

const schema = serviceConfig.extend(redisConfig.shape).extend(clickhouseConfig.shape);
const good = { KAFKA_BROKERS: 'a:9092, b:9092', REDIS_URL: 'redis://r:6379', CLICKHOUSE_URL: 'http://c:8123' };

function problems(environment: Record<string, string>): string[] {
  try {
    loadConfig(schema, environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message.split('\n').slice(1);
  }
  return [];
}

describe('A good configuration', () => {
  it('needs only addresses; the rest has defaults', () => {
    expect(loadConfig(schema, good)).toMatchObject({
      KAFKA_BROKERS: ['a:9092', 'b:9092'],
      HOST: '127.0.0.1',
      PORT: 0,
      TOPIC_PREFIX: '',
      GROUP_PREFIX: 'milepost',
      KAFKA_SESSION_TIMEOUT_MS: 30_000,
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(loadConfig(schema, { ...good, PORT: '', LOG_LEVEL: '', CLOCK_INTERVAL_MS: '' })).toEqual(
      loadConfig(schema, good),
    );
  });

  it('becomes the settings of a host', () => {
    expect(hostSettings(loadConfig(schema, { ...good, KAFKA_SESSION_TIMEOUT_MS: '10000' }))).toMatchObject({
      sessionTimeoutMs: 10_000,
      groupPrefix: 'milepost',
    });
  });
});

describe('A bad configuration', () => {
  it('is told whole: each variable, what was found, what is wanted', () => {
    expect(problems({ KAFKA_BROKERS: 'kafka', PORT: '70000', LOG_LEVEL: 'loud', REDIS_URL: 'localhost:6379' })).toEqual(
      [
        '  KAFKA_BROKERS: found kafka; want host:port, more of them separated by commas',
        '  PORT: found 70000; want a whole number, 0 to 65535',
        '  LOG_LEVEL: found loud; want one of debug, info, warn, error',
        '  REDIS_URL: found localhost:6379; want a URL that begins with redis:// or rediss://',
        '  CLICKHOUSE_URL: not set; want a URL that begins with http:// or https://',
      ],
    );
  });

  it.each(['1e3', '0x10', '-1', '1.5', ' 5', 'abc', '0', '99999999999999999999'])('refuses %p as a count', (text) => {
    expect(problems({ ...good, IDLE_AFTER_MS: text })).toEqual([`  IDLE_AFTER_MS: found ${text}; want 1 or more`]);
  });

  it.each(['a:9092,', ':9092', 'a:0', 'a:99999', 'kafka://a:9092'])('refuses %p as brokers', (text) => {
    expect(problems({ ...good, KAFKA_BROKERS: text })).toHaveLength(1);
  });

  it('shows no password, however broken the value around it', () => {
    const told = problems({
      KAFKA_BROKERS: 'me:hunter2@broker:9092',
      REDIS_URL: 'reddis://:hunter2/@1@host',
      CLICKHOUSE_URL: 'ftp://host?password=hunter2',
    }).join('\n');
    expect(told).toContain('KAFKA_BROKERS: found ***@broker:9092');
    expect(told).toContain('REDIS_URL: found reddis://***@host');
    expect(told).not.toContain('hunter2');
  });
});

describe('What is printed of it', () => {
  const own = schema.extend({
    API_TOKEN: z.string().min(30).default('fallback-token').meta({ secret: true, description: 'Lets callers in.' }),
  });

  it('says of every variable what it means and what it is when not set', () => {
    const table = describeConfig(own);
    expect(table).toMatch(/KAFKA_BROKERS +Kafka brokers, .*\(required\)/);
    expect(table).toMatch(/TOPIC_PREFIX .*\(default empty\)/);
    expect(table).toMatch(/API_TOKEN +Lets callers in\. \(default \*\*\*\)/);
    expect(table.split('\n')).toHaveLength(Object.keys(own.shape).length);
  });

  it('hides a secret field and the credentials of URLs', () => {
    const config = loadConfig(own, { ...good, API_TOKEN: 'hunter2'.repeat(5), REDIS_URL: 'redis://:hunter2@r:6379' });
    const text = showConfig(own, config);
    expect(text).toContain('API_TOKEN=***');
    expect(text).toContain('REDIS_URL=redis://***@r:6379');
    expect(text).toContain('KAFKA_BROKERS=a:9092,b:9092');
    expect(text).not.toContain('hunter2');
    expect(() => loadConfig(own, { ...good, API_TOKEN: 'hunter2' })).toThrow(/API_TOKEN: found \*\*\*;/);
  });
});
