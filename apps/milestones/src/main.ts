import { deploymentTopics, milestonesTopology } from '@milepost/onboarding';
import { hostSettings, loadPlanFolder, redisConfig, runService, serviceConfig } from '@milepost/platform';
import { createKafka, requireTopics, systemTimers, topologyServer } from '@milepost/runtime';

await runService({
  name: 'milestones',
  description: 'decodes and validates events, removes duplicates, folds milestones, writes the journey',
  config: serviceConfig.extend(redisConfig.shape),
  start: async (config, logger, metrics, onFatal) => {
    const plan = loadPlanFolder(config.PLAN_DIR);
    const kafka = createKafka({ brokers: config.KAFKA_BROKERS, clientId: 'milepost-milestones' }, logger);
    await requireTopics(kafka, deploymentTopics(plan), config.TOPIC_PREFIX);
    const settings = { ...hostSettings(config), redisUrl: config.REDIS_URL };
    return topologyServer(milestonesTopology(plan), settings, {
      kafka,
      timers: systemTimers,
      logger,
      metrics,
      onFatal,
    });
  },
});
