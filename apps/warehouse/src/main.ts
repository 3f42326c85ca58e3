import { clickhouseRangeWriter, createClickHouse } from '@milepost/clickhouse';
import { TOPICS } from '@milepost/contracts';
import { deploymentTopics, signalTopic } from '@milepost/onboarding';
import { clickhouseConfig, hostSettings, loadPlanFolder, runService, serviceConfig } from '@milepost/platform';
import { createKafka, rangeServer, requireTopics, systemTimers } from '@milepost/runtime';
import { journeyRows } from './rows/journey.rows.js';
import { rejectedRows } from './rows/rejected.rows.js';
import { signalRows } from './rows/signal.rows.js';

await runService({
  name: 'warehouse',
  description: 'writes journey, rejects and triggers to ClickHouse, each exactly once',
  config: serviceConfig.extend(clickhouseConfig.shape),
  start: async (config, logger, metrics, onFatal) => {
    const plan = loadPlanFolder(config.PLAN_DIR);
    const client = createClickHouse(config.CLICKHOUSE_URL);
    const writers = new Map([
      [TOPICS.journey as string, clickhouseRangeWriter(client, journeyRows)],
      [TOPICS.rejected as string, clickhouseRangeWriter(client, rejectedRows)],
      ...plan.signals.map(({ name }) => [signalTopic(name), clickhouseRangeWriter(client, signalRows)] as const),
    ]);
    const kafka = createKafka({ brokers: config.KAFKA_BROKERS, clientId: 'milepost-warehouse' }, logger);
    await requireTopics(kafka, deploymentTopics(plan), config.TOPIC_PREFIX);
    const settings = hostSettings(config);
    return rangeServer([...writers.keys()], (topic) => writers.get(topic)!, settings, {
      kafka,
      timers: systemTimers,
      logger,
      metrics,
      onFatal,
    });
  },
});
