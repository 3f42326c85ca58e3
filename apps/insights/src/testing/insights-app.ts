import { createServiceApp } from '@milepost/platform/testing';
import { PrometheusMetrics } from '@milepost/platform';
import type { ApiKeys } from '@milepost/platform';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { insightsModule } from '../insights.module.js';
import type { InsightsParts } from '../insights.module.js';

const ignore = (): void => undefined;
/** Faults of 500 and above, as they were logged. */
export const faults: object[] = [];
export const TEST_LOGGER = { debug: ignore, info: ignore, warn: ignore, error: (fields: object) => void faults.push(fields) }; // prettier-ignore

/** The service's HTTP side as `runService` makes it, on a port of its own. */
export async function insightsApp(
  parts: Omit<InsightsParts, 'keys' | 'ratePerMinute' | 'now'>,
  keys: ApiKeys | null = null,
): Promise<NestExpressApplication> {
  const health = { phase: () => 'started' as const, sinceProgress: () => 0, checks: {}, checkTimeoutMs: 100, metrics: new PrometheusMetrics('insights') }; // prettier-ignore
  const own = insightsModule({ ...parts, keys, ratePerMinute: 1e9, now: Date.now });
  const app = await createServiceApp(health, TEST_LOGGER, [own]);
  await app.init();
  return app;
}
