import { deploymentTopics, signalsTopology } from '@milepost/onboarding';
import { hostSettings, loadPlanFolder, redisConfig, runService, serviceConfig } from '@milepost/platform';
import { createKafka, requireTopics, systemTimers, topologyServer } from '@milepost/runtime';

await runService({
  name: 'signals',
  description: 'judges the journey of every account in stream time and announces at-risk and expansion-ready triggers',
  config: serviceConfig.extend(redisConfig.shape),
  start: async (config, logger, metrics, onFatal) => {
    const plan = loadPlanFolder(config.PLAN_DIR);
    const kafka = createKafka({ brokers: config.KAFKA_BROKERS, clientId: 'milepost-signals' }, logger);
    await requireTopics(kafka, deploymentTopics(plan), config.TOPIC_PREFIX);
    const settings = { ...hostSettings(config), redisUrl: config.REDIS_URL };
    return topologyServer(signalsTopology(plan), settings, { kafka, timers: systemTimers, logger, metrics, onFatal });
  },
});
