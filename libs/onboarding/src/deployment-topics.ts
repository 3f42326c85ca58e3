import { CONTROL_PARTITIONS, MODELS_PARTITIONS, PARTITIONS, TOPIC_CONFIG, TOPICS } from '@milepost/contracts';
import type { Plan } from '@milepost/plan';
import { signalTopic } from './signals/signals.topology.js';

export interface DeploymentTopic {
  name: string;
  partitions: number;
  config: Record<string, string>;
}

/** Every topic that a deployment of the plan needs, with the settings that correctness rests on. */
export function deploymentTopics(plan: Plan): DeploymentTopic[] {
  const fixed = [TOPICS.events, TOPICS.journey, TOPICS.rejected].map((name) => ({ name, config: TOPIC_CONFIG[name] }));
  const signals = plan.signals.map(({ name }) => ({ name: signalTopic(name), config: TOPIC_CONFIG[TOPICS.atRisk] }));
  const byAccount = [...fixed, ...signals].map((topic) => ({ ...topic, partitions: PARTITIONS }));
  return [
    ...byAccount,
    { name: TOPICS.control, partitions: CONTROL_PARTITIONS, config: TOPIC_CONFIG[TOPICS.control] },
    { name: TOPICS.models, partitions: MODELS_PARTITIONS, config: TOPIC_CONFIG[TOPICS.models] },
  ];
}
