import { createClickHouse } from '@milepost/clickhouse';
import { loadPlanFolder, runService } from '@milepost/platform';
import { insightsConfig } from './config.js';
import { insightsParts } from './insights-parts.js';
import { insightsModule } from './insights.module.js';
import { accounts } from './wording/figures.js';

await runService({
  name: 'insights',
  description: 'answers which early behaviours go with renewal and expansion, for whom and how surely, over REST',
  config: insightsConfig,
  start: async (config, logger) => {
    const plan = loadPlanFolder(config.PLAN_DIR);
    const client = createClickHouse(config.CLICKHOUSE_URL);
    const parts = insightsParts(config, { client, plan, logger });
    parts.source.start();
    return {
      checks: {
        clickhouse: async () => {
          const answer = await client.ping();
          if (!answer.success) throw answer.error;
          return 'answers';
        },
        snapshot: () => Promise.resolve(accounts(parts.source.open().snapshot.accounts)),
      },
      modules: [insightsModule(parts)],
    };
  },
});
