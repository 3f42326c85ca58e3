import { createClickHouse } from '@milepost/clickhouse';
import { apiKeysOf, loadPlanFolder, readPlanFiles, runService } from '@milepost/platform';
import { createKafka } from '@milepost/runtime';
import { HistoryBacktests } from './backtests/history-backtests.js';
import { insightsConfig, modelsLimits, questionLimits } from './config.js';
import { insightsModule } from './insights.module.js';
import { SnapshotKeeper } from './insights/snapshot-keeper.js';
import { ModelsLog } from './models/models-log.js';
import { HistoryReplays } from './replays/history-replays.js';

await runService({
  name: 'insights',
  description: 'answers which early behaviours go with renewal and expansion, for whom and how surely, over REST',
  config: insightsConfig,
  start: async (config, logger) => {
    const keys = apiKeysOf(config);
    const plan = loadPlanFolder(config.PLAN_DIR);
    const client = createClickHouse(config.CLICKHOUSE_URL);
    const limits = questionLimits(config);
    const keeper = new SnapshotKeeper({ client, plan, limits, intervalMs: config.SNAPSHOT_INTERVAL_MS, logger });
    keeper.start();
    const replayLimits = { ...limits, seconds: config.BACKTEST_SECONDS, events: config.BACKTEST_EVENTS };
    const replays = new HistoryReplays({ client, limits: replayLimits, now: Date.now });
    const backtests = new HistoryBacktests({ plan, planFiles: readPlanFiles(config.PLAN_DIR), replays });
    const brokers = config.KAFKA_BROKERS;
    const kafka = brokers ? createKafka({ brokers, clientId: 'milepost-insights' }, logger) : null;
    const log = new ModelsLog({ kafka, topicPrefix: config.TOPIC_PREFIX, limits: modelsLimits(config), now: Date.now });
    const models = { log, replays, plan };
    return {
      checks: {
        clickhouse: async () => {
          const answer = await client.ping();
          if (!answer.success) throw answer.error;
          return 'answers';
        },
        snapshot: () => Promise.resolve(`${keeper.open().snapshot.accounts} accounts`),
      },
      modules: [
        insightsModule({
          source: keeper,
          backtests,
          models,
          keys,
          ratePerMinute: config.RATE_LIMIT_PER_MINUTE,
          now: Date.now,
        }),
      ],
    };
  },
});
