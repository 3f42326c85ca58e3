import { apiConfig, clickhouseConfig, count, serviceConfig } from '@milepost/platform';
import type { z } from 'zod';

const MEGABYTE = 1_000_000;

export const insightsConfig = serviceConfig
  .pick({ HOST: true, PORT: true, LOG_LEVEL: true, PLAN_DIR: true, TOPIC_PREFIX: true })
  .extend(clickhouseConfig.shape)
  .extend(apiConfig.shape)
  .extend({
    KAFKA_BROKERS: serviceConfig.shape.KAFKA_BROKERS.optional().describe('Kafka brokers, host:port, separated by commas. Without them /v1/models has no answer.'), // prettier-ignore
    SNAPSHOT_INTERVAL_MS: count(60_000, 'A snapshot of all accounts is made at most so often, when there is news.'),
    QUESTION_SECONDS: count(10, 'After so long a question to ClickHouse, or a reading of Kafka, is given up.'),
    QUESTION_MEMORY_MB: count(2_000, 'Memory of ClickHouse that one question may take.'),
    QUESTION_ROWS: count(200_000_000, 'Rows that one question may read.'),
    BACKTEST_SECONDS: count(60, 'After so long a backtest, or a look at drift, is given up.'),
    BACKTEST_EVENTS: count(500_000, 'Events that a backtest, or a look at drift, may replay.'),
  });
export type InsightsConfig = z.infer<typeof insightsConfig>;

/** An answer is made of counts by group and day; one that has more rows than this was asked too finely. */
const RESULT_ROWS = 500_000;

/** Models are a few kilobytes each, and fitted weekly. */
const MODEL_RECORDS = 10_000;
const MODEL_MEGABYTES = 64;

export const modelsLimits = (config: InsightsConfig) => ({
  milliseconds: config.QUESTION_SECONDS * 1000,
  records: MODEL_RECORDS,
  bytes: MODEL_MEGABYTES * MEGABYTE,
});

export const questionLimits = (config: InsightsConfig) => ({
  seconds: config.QUESTION_SECONDS,
  memoryBytes: config.QUESTION_MEMORY_MB * MEGABYTE,
  rowsToRead: config.QUESTION_ROWS,
  resultRows: RESULT_ROWS,
});
