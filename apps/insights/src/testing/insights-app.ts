import { createServiceApp } from '@milepost/platform/testing';
import { PrometheusMetrics } from '@milepost/platform';
import type { ApiKeys } from '@milepost/platform';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { insightsModule } from '../insights.module.js';
import type { HistoryBacktests } from '../backtests/history-backtests.js';
import type { InsightsSource } from '../insights/insights.js';

const ignore = (): void => undefined;
/** Faults of 500 and above, as they were logged. */
export const faults: object[] = [];
export const TEST_LOGGER = { debug: ignore, info: ignore, warn: ignore, error: (fields: object) => void faults.push(fields) }; // prettier-ignore

/** The service's HTTP side as `runService` makes it, on a port of its own. */
export async function insightsApp(
  source: InsightsSource,
  backtests: HistoryBacktests,
  keys: ApiKeys | null = null,
  ratePerMinute = 1e9,
): Promise<NestExpressApplication> {
  // prettier-ignore
  const health = { phase: () => 'started' as const, sinceProgress: () => 0, checks: {}, checkTimeoutMs: 100, metrics: new PrometheusMetrics('insights') }; // prettier-ignore
  const app = await createServiceApp(health, TEST_LOGGER, [insightsModule({ source, backtests, keys, ratePerMinute, now: Date.now })]); // prettier-ignore
  await app.init();
  return app;
}
