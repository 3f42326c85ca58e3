import { TOPICS } from '@milepost/contracts';
import type { Model } from '@milepost/contracts';
import { ControlModels, deploymentTopics, signalsTopology } from '@milepost/onboarding';
import { hostSettings, loadPlanFolder, redisConfig, runService, serviceConfig } from '@milepost/platform';
import {
  createKafka,
  KafkaControlLog,
  readModels,
  requireTopics,
  systemTimers,
  topologyServer,
} from '@milepost/runtime';
import { ModelWatch } from './model-watch.js';

/** Sooner than a marker takes from the control log through events and the journey to here. */
const CONTROL_POLL_MS = 250;

await runService({
  name: 'signals',
  description: 'judges the journey of every account in stream time and announces at-risk and expansion-ready triggers',
  config: serviceConfig.extend(redisConfig.shape),
  start: async (config, logger, metrics, onFatal) => {
    const plan = loadPlanFolder(config.PLAN_DIR);
    const kafka = createKafka({ brokers: config.KAFKA_BROKERS, clientId: 'milepost-signals' }, logger);
    await requireTopics(kafka, deploymentTopics(plan), config.TOPIC_PREFIX);
    const settings = { ...hostSettings(config), redisUrl: config.REDIS_URL };
    const log = new KafkaControlLog({ kafka, timers: systemTimers, ...settings });
    await log.connect();
    const published = async (): Promise<Model[]> =>
      (await readModels(kafka, config.TOPIC_PREFIX + TOPICS.models)).models.map(({ model }) => model);
    const models = new ControlModels(log, published, new ModelWatch(metrics, logger));
    await models.refresh();
    // What fails is asked again; a partition that needs what is not read waits, and says so.
    const ask = (): void => void models.refresh().catch((error: Error) => logger.debug({ error: error.message }, 'Control is not read')); // prettier-ignore
    systemTimers.every(CONTROL_POLL_MS, ask);
    const parts = { kafka, timers: systemTimers, logger, metrics, onFatal };
    return topologyServer(signalsTopology(plan, models), settings, parts);
  },
});
