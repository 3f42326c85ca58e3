import type { ClickHouseClient } from '@milepost/clickhouse';
import type { Plan } from '@milepost/plan';
import { apiKeysOf, readPlanFiles } from '@milepost/platform';
import { createKafka } from '@milepost/runtime';
import type { Logger } from '@milepost/stream';
import { HistoryBacktests } from './backtests/history-backtests.js';
import { modelsLimits, questionLimits } from './config.js';
import type { InsightsConfig } from './config.js';
import type { InsightsParts } from './insights.module.js';
import { SnapshotKeeper } from './insights/snapshot-keeper.js';
import { ModelsLog } from './models/models-log.js';
import { HistoryReplays } from './replays/history-replays.js';

/** What the service answers with, by its configuration: for the service, and for whoever measures it. Nothing runs yet. */
export function insightsParts(
  config: InsightsConfig,
  { client, plan, logger }: { client: ClickHouseClient; plan: Plan; logger: Logger },
): InsightsParts & { source: SnapshotKeeper } {
  const limits = questionLimits(config);
  const replayLimits = { ...limits, seconds: config.BACKTEST_SECONDS, events: config.BACKTEST_EVENTS };
  const source = new SnapshotKeeper({ client, plan, limits, intervalMs: config.SNAPSHOT_INTERVAL_MS, logger });
  const replays = new HistoryReplays({ client, limits: replayLimits, behind: (asOf) => source.behind.ofHistory(asOf), now: Date.now }); // prettier-ignore
  const brokers = config.KAFKA_BROKERS;
  const kafka = brokers ? createKafka({ brokers, clientId: 'milepost-insights' }, logger) : null;
  const log = new ModelsLog({ kafka, topicPrefix: config.TOPIC_PREFIX, limits: modelsLimits(config), now: Date.now });
  return {
    source,
    backtests: new HistoryBacktests({ plan, planFiles: readPlanFiles(config.PLAN_DIR), replays, doubts: () => source.doubts }), // prettier-ignore
    models: { log, replays, plan },
    keys: apiKeysOf(config),
    ratePerMinute: config.RATE_LIMIT_PER_MINUTE,
    now: Date.now,
  };
}
