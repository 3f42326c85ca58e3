import { afterAll, beforeAll } from '@jest/globals';
import { createClickHouse, migrate } from '@milepost/clickhouse';
import { inDatabase } from '@milepost/clickhouse/testing';
import { samplePlan } from '@milepost/plan/testing';
import { readPlanFiles } from '@milepost/platform';
import { createKafka } from '@milepost/runtime';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { z } from 'zod';
import { HistoryBacktests } from '../backtests/history-backtests.js';
import { SnapshotKeeper } from '../insights/snapshot-keeper.js';
import { ModelsLog } from '../models/models-log.js';
import { HistoryReplays } from '../replays/history-replays.js';
import { faults, insightsApp, TEST_LOGGER } from './insights-app.js';
import { sampleJourney, writeJourney } from './sample-company.js';
import type { Told } from './sample-company.js';

/** They are against hanging, and a machine may be busy: what a limit does is tested with limits of its own. */
export const LIMITS = { seconds: 300, memoryBytes: 2e9, rowsToRead: 1e9, resultRows: 500_000 };

export const MODELS_LIMITS = { milliseconds: 120_000, records: 1_000, bytes: 1e6 };

/** The API over the sample company, in a database of its own, for the tests of one file. */
export function companyApi(name: string, accounts: number, told?: Told) {
  const database = `${name}_${process.pid}`;
  const server = createClickHouse(process.env['CLICKHOUSE_URL']!);
  const client = inDatabase(server, database);
  const plan = samplePlan();
  const journey = sampleJourney(plan, { accounts, days: 120 }, told);
  const keeper = new SnapshotKeeper({ client, plan, limits: LIMITS, intervalMs: 0, logger: TEST_LOGGER });
  const limits = { ...LIMITS, events: 1e6 };
  const replays = new HistoryReplays({
    client,
    limits,
    behind: (asOf) => keeper.behind.ofHistory(asOf),
    now: Date.now,
  });
  const backtests = new HistoryBacktests({
    plan,
    planFiles: readPlanFiles('plan'),
    replays,
    doubts: () => keeper.doubts,
  });
  const kafka = createKafka({ brokers: process.env['KAFKA_BROKERS']!.split(','), clientId: name }, TEST_LOGGER);
  const topicPrefix = `${database}.`;
  const log = new ModelsLog({ kafka, topicPrefix, limits: MODELS_LIMITS, now: Date.now });
  const parts = { source: keeper, backtests, models: { log, replays, plan } };
  const api = {
    client,
    plan,
    journey,
    keeper,
    backtests,
    kafka,
    topicPrefix,
    parts,
    base: '',
    /** An answer that holds to its description; anything else fails the test, with what was logged. */
    async ask<T extends z.ZodType>(schema: T, path: string): Promise<z.infer<T>> {
      const response = await fetch(api.base + path);
      const body: unknown = await response.json();
      if (response.status === 200) return schema.parse(body);
      throw new Error(`${response.status} ${JSON.stringify(body)} ${JSON.stringify(faults)}`);
    },
    async sql<T>(query: string): Promise<T[]> {
      const settings = { output_format_json_quote_64bit_integers: 0 } as const;
      return (await client.query({ query, format: 'JSONEachRow', clickhouse_settings: settings })).json<T>();
    },
  };
  let app: NestExpressApplication | undefined;
  beforeAll(async () => {
    await migrate(client);
    await writeJourney(client, journey);
    await keeper.refresh();
    app = await insightsApp(parts);
    await app.listen(0, '127.0.0.1');
    api.base = await app.getUrl();
  }, 120_000);
  afterAll(async () => {
    await app?.close();
    await server.command({ query: `DROP DATABASE IF EXISTS ${database} SYNC` });
    await server.close();
  });
  return api;
}
